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

/** Without a list of the names: each change of the queue compares the props of all cards. */
function isSame<Props extends object>(a: Readonly<Props>, b: Readonly<Props>): boolean {
  for (const name in a) if (!(name in b)) return false;
  for (const name in b) if (!Object.is(a[name], b[name])) return false;
  return true;
}
