import type { Page } from "playwright-core";

/** A piece of text that a page shows, as somebody sees it. */
export interface SeenText {
  text: string;
  /** The class of its element. */
  of: string;
  /** The size of the letters, in hundredths of the page's shorter side. */
  size: number;
  /** WCAG 2.2, 1.4.3. */
  contrast: number;
  /** Whether a part of it is outside its box or the page. */
  isCut: boolean;
}

/** All the text of a page that can be seen, as the browser computed it. */
export async function findText(page: Page): Promise<SeenText[]> {
  return page.evaluate<SeenText[]>(`(${inPage})()`);
}

// It runs in the page, so it is text: the tests' compiler would add calls of its own helpers to a function.
const inPage = `() => {
  const luminance = (color) => {
    const [r, g, b] = color.map((value) => value / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const rgb = (color) => color.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const isCut = (box, element) => {
    // Lines of text are higher than their letters.
    const slack = parseFloat(getComputedStyle(element).fontSize) * 0.2;
    for (let at = element; at; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at);
      if (overflowX === "visible" && overflowY === "visible") continue;
      const around = at.getBoundingClientRect();
      // A list shows its other pages later.
      if (at.matches(".next > ul, .before ol") && (box.left >= around.right || box.right <= around.left)) return false;
      if (box.left < around.left - 1 || box.right > around.right + 1) return true;
      if (box.top < around.top - slack || box.bottom > around.bottom + slack) return true;
    }
    return box.left < 0 || box.right > innerWidth + 1 || box.top < -slack || box.bottom > innerHeight + slack;
  };
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(".hidden, noscript")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(rgb(style.color)), luminance(ground(element))].sort((x, y) => y - x);
    texts.push({
      text: node.data,
      of: element.className || element.parentElement.className,
      size: (parseFloat(style.fontSize) * 100) / Math.min(innerWidth, innerHeight),
      contrast: (a + 0.05) / (b + 0.05),
      isCut: isCut(box, element),
    });
  }
  return texts;
}`;
