import type { Theme } from '../chart/palette.ts';
import type { Exportable } from './exportable.ts';
import type { Format } from './format.ts';
import { fileName, type Stamp } from './stamp.ts';
import { tablePicture } from './table-picture.ts';
import { toCsv } from './to-csv.ts';
import { toJson } from './to-json.ts';
import { toPng } from './to-png.ts';
import { toSvgFile } from './to-svg.ts';

/** A chart or table as a file of a format. In a browser only: PNG is drawn by it. */
export async function makeFile(
  { id, title, data, pictures }: Exportable,
  { format, stamp, theme }: { readonly format: Format; readonly stamp: Stamp; readonly theme: Theme },
): Promise<File> {
  const drawn = () =>
    toSvgFile({ title, pictures: pictures?.() ?? [tablePicture(data(), theme)], theme, stamp });
  const contents: Readonly<Record<Format, () => BlobPart | Promise<BlobPart>>> = {
    csv: () => toCsv(data(), stamp),
    json: () => toJson(title, data(), stamp),
    svg: () => drawn().svg,
    png: () => toPng(drawn()),
  };
  return new File([await contents[format]()], fileName(id, stamp, format), { type: TYPES[format] });
}

const TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv;charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
};
