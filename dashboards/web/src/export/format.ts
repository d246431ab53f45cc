/** What a chart or a table can be kept as. */
export const FORMATS = ['csv', 'json', 'svg', 'png'] as const;
export type Format = (typeof FORMATS)[number];

export const isFormat = (text: string): text is Format => FORMATS.some((format) => format === text);
