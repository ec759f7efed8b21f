import { Component, h, type FunctionComponent, type VNode } from "preact";

/** A component that is drawn again only when one of its props is another object or value. */
export function memo<Props extends object>(Inner: FunctionComponent<Props>): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      return !isSame(this.props, next);
    }

    override render(props: Readonly<Props>): VNode {
      return h<Props>(Inner, props as Props) as VNode;
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}

function isSame(a: object, b: object): boolean {
  const keys = Object.keys(b);
  return (
    keys.length === Object.keys(a).length &&
    keys.every((key) => Object.is((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}
