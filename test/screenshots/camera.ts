import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { projectRoot } from "../../platform/project-root.ts";
import { encodePng } from "./encode-png.ts";

const folder = new URL("docs/screens/", projectRoot);
const mostBytes = 60_000;
const mostBytesOfAll = 1_500_000;
/** How many colours a picture has at most: as many as leave it small. */
const palettes = [256, 128, 64, 32, 16];

/** Takes pictures of pages, each small enough to be kept beside the sources. */
export class Camera {
  readonly #darkroom: Page;
  #bytes = 0;

  private constructor(darkroom: Page) {
    this.#darkroom = darkroom;
  }

  /** The pictures that were there go, so that none stays of a state that is no more. */
  static async open(browser: Browser): Promise<Camera> {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) await rm(new URL(name, folder));
    return new Camera(await browser.newPage());
  }

  /** Takes a picture of what is seen of a page, once nothing moves in it. */
  async take(page: Page, name: string): Promise<void> {
    await page.mouse.move(0, 0);
    await page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))");
    const seen = await page.screenshot({ type: "png" });
    for (const colours of palettes) {
      const picture = await this.#develop(seen, colours);
      if (picture.length > mostBytes && colours !== palettes.at(-1)) continue;
      await writeFile(new URL(`${name}.png`, folder), picture);
      this.#bytes += picture.length;
      process.stdout.write(`${name}.png: ${Math.ceil(picture.length / 1_000)} KB, ${colours} colours\n`);
      break;
    }
  }

  /** @throws where all pictures together are too large to be kept */
  async close(): Promise<void> {
    await this.#darkroom.close();
    process.stdout.write(`all: ${Math.ceil(this.#bytes / 1_000)} KB\n`);
    if (this.#bytes > mostBytesOfAll) throw new Error(`the pictures take more than ${mostBytesOfAll} bytes`);
  }

  /** Makes a picture of the most frequent colours, which keeps letters sharp. */
  async #develop(png: Buffer, colours: number): Promise<Buffer> {
    const address = `data:image/png;base64,${png.toString("base64")}`;
    const drawn = await this.#darkroom.evaluate<Drawn>(`(${draw})("${address}", ${colours})`);
    return encodePng(drawn.width, Buffer.from(drawn.palette, "base64"), Buffer.from(drawn.indices, "base64"));
  }
}

interface Drawn {
  width: number;
  /** In base64: red, green and blue of each colour, and of each pixel the number of its colour. */
  palette: string;
  indices: string;
}

/** Runs in a page, where there is a canvas. */
const draw = `async (address, count) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const { width, height } = image;
  const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const frequency = new Map();
  for (const pixel of pixels) frequency.set(pixel, (frequency.get(pixel) ?? 0) + 1);
  const parts = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  const palette = [...frequency].sort((a, b) => b[1] - a[1]).slice(0, count).map(([pixel]) => parts(pixel));
  const distance = (a, b) => a.reduce((sum, part, n) => sum + (part - b[n]) ** 2, 0);
  const nearest = new Map();
  for (const pixel of frequency.keys()) {
    const distances = palette.map((one) => distance(one, parts(pixel)));
    nearest.set(pixel, distances.indexOf(Math.min(...distances)));
  }
  const indices = Uint8Array.from(pixels, (pixel) => nearest.get(pixel));
  const base64 = async (bytes) => {
    const reader = new FileReader();
    reader.readAsDataURL(new Blob([bytes]));
    await new Promise((resolve) => (reader.onload = resolve));
    return reader.result.split(",")[1];
  };
  return { width, palette: await base64(Uint8Array.from(palette.flat())), indices: await base64(indices) };
}`;
