import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

/** Files of the fonts that pictures are drawn with, wherever: those of the machine are not looked at. */
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSansMono.ttf'];
const FAMILY = 'DejaVu Sans';

/**
 * An SVG picture as PNG, drawn with fonts that come with Undertow, so that it is the same on every machine, also on one without any
 * fonts.
 *
 * @param width in pixels; by default its own.
 */
export function pngOf(svg: string, width?: number): Uint8Array {
  const { resolve } = createRequire(import.meta.url);
  const drawn = new Resvg(svg, {
    font: {
      fontFiles: FONTS.map((file) => resolve(`dejavu-fonts-ttf/ttf/${file}`)),
      loadSystemFonts: false,
      defaultFontFamily: FAMILY,
      sansSerifFamily: FAMILY,
      monospaceFamily: 'DejaVu Sans Mono',
    },
    ...(width !== undefined && { fitTo: { mode: 'width', value: width } }),
  });
  return drawn.render().asPng();
}
