import type { ReportBundle } from '@undertow/report';
import { shownSentence } from '@undertow/report';
import { toSvgFile } from '@undertow/web';
import { reportCharts } from './report-charts.ts';

/** A chart of a report as a file. */
export interface ReportPicture {
  /** `cascade.svg`. */
  readonly file: string;
  readonly words: string;
  readonly svg: string;
}

const WIDTH = 900;

/** The charts of a report as SVG files, light, each with what it is of and the report's id. */
export function reportPictures({ id, content }: ReportBundle): ReportPicture[] {
  const [at] = content.blocks;
  return reportCharts(content).map(({ name, title, words, draw }) => {
    const { svg } = draw({ theme: 'light', width: WIDTH });
    const file = toSvgFile({
      title: `${title}: ${shownSentence(content.subject)}`,
      pictures: [{ svg }],
      theme: 'light',
      stamp: {
        network: `chain ${at!.chainId}`,
        block: at!.block,
        hash: at!.blockHash ?? undefined,
        bookHash: at!.bookHash,
        address: `report ${id}`,
        at: at!.time,
      },
    });
    return { file: `${name}.svg`, words, svg: file.svg };
  });
}
