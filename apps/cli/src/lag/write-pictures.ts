import { writeFileSync } from 'node:fs';
import { ConfigError } from '@undertow/units';
import { answersChart, element, toHtml, toSvgFile } from '@undertow/web';
import type { Replayed } from './replayed.ts';

/** Where pictures go. */
export interface PictureFiles {
  readonly svg?: string;
  readonly html?: string;
  /** What the files say they were made by. */
  readonly replay?: string;
}

const WIDTH = 960;

/**
 * Writes the pictures of a replay into the files that were asked for: all as one SVG, or as a page with the text below them. Both need nothing
 * else.
 *
 * @throws ConfigError when a file cannot be written.
 */
export function writePictures(played: Replayed, { svg, html, replay }: PictureFiles): void {
  if (svg !== undefined) write(svg, svgOf(played, replay), '--svg');
  if (html !== undefined) write(html, pageOf(played), '--html');
}

function svgOf({ title, pictures }: Replayed, replay: string | undefined): string {
  const stamp = {
    network: replay === undefined ? 'files' : 'public files and published figures',
    block: undefined,
    hash: undefined,
    bookHash: undefined,
    address: `undertow lag${replay === undefined ? '' : ` --replay ${replay}`}`,
    at: Date.now() / 1_000,
  };
  return toSvgFile({
    title,
    pictures: pictures.map((picture) => ({
      title: picture.title,
      svg: answersChart({ ...picture, theme: 'light', width: WIDTH }),
    })),
    theme: 'light',
    stamp,
  }).svg;
}

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:1000px;margin:2rem auto;padding:0 1rem;color:#141b26}pre{font-size:12.5px;overflow:auto}h2{font-size:1rem}';

function pageOf({ title, text, pictures }: Replayed): string {
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('title', {}, title),
      element('style', {}, STYLE),
    ),
    element(
      'body',
      {},
      element('h1', {}, title),
      pictures.map((picture) => [
        element('h2', {}, picture.title),
        answersChart({ ...picture, theme: 'light', width: WIDTH }),
      ]),
      element('pre', {}, text),
    ),
  );
  return `<!doctype html>\n${toHtml(page)}\n`;
}

function write(path: string, text: string, option: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new ConfigError(`Cannot write ${path}. Choose another file with ${option}.`, { cause });
  }
}
