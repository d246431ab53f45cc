import { createHash } from 'node:crypto';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { BadDataError } from '@undertow/units';
import type { FactSource } from '../fact-source.ts';
import { policyOf } from '../security-headers.ts';
import { FACT_SOURCE } from '../tokens.ts';
import { originOfRequest } from './origin-of-request.ts';
import type { ReportForm } from './report-form.ts';
import { ReportForms } from './report-forms.ts';

const A_YEAR_SECONDS = 31_536_000;
/** What the id says, and nothing else: it never is another. */
const FOREVER = `public, max-age=${A_YEAR_SECONDS}, immutable`;
/** What says who signed: somebody may sign later, and caches ask again after a while. */
const FOR_A_WHILE = 'public, max-age=300, must-revalidate';

/** A report is read: nothing in it may do anything. Its style is in it. */
const READ_ONLY = policyOf({
  ...{ 'script-src': "'none'", 'style-src': "'unsafe-inline'", 'img-src': "'none'" },
  ...{ 'font-src': "'none'", 'connect-src': "'none'", 'manifest-src': "'none'" },
});

const ID = /^[0-9a-f]{64}$/;
/** Names of forms that are the same whoever signs. */
const UNSIGNED = /^(tables\/|tables\.zip$)|\.(svg|png)$/;

const unpacked = promisify(gunzip);

/** Reports at addresses of their own: `/r/<id>` is the page, and files of it are beside it. */
@Controller('r')
export class ReportsController {
  readonly #source: FactSource;
  readonly #forms: ReportForms;

  constructor(@Inject(FACT_SOURCE) source: FactSource, @Inject(ReportForms) forms: ReportForms) {
    this.#source = source;
    this.#forms = forms;
  }

  @Get(':id')
  page(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer(id, '', { request, response });
  }

  @Get(':id/:file')
  file(
    @Param('id') id: string,
    @Param('file') file: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.#answer(id, file, { request, response });
  }

  @Get(':id/tables/:file')
  table(
    @Param('id') id: string,
    @Param('file') file: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.#answer(id, `tables/${file}`, { request, response });
  }

  /** What changed from one report to another. */
  @Get(':id/against/:other')
  comparison(
    @Param('id') id: string,
    @Param('other') other: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.#against([id, other], '', { request, response });
  }

  @Get(':id/against/:other/:file')
  comparisonFile(
    @Param() { id, other, file }: { readonly id: string; readonly other: string; readonly file: string },
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.#against([id, other], file, { request, response });
  }

  async #answer(id: string, file: string, on: Exchange): Promise<void> {
    if (!ID.test(id)) return refuse(on, 400, NO_ID);
    if (file === 'book.json') return this.#book(id, on);
    const bundle = await this.#source.reports.bundle(id);
    if (!bundle) return refuse(on, 404, unknown(id));
    const key = createHash('sha256').update(bundle.gzip).digest('base64url').slice(0, 27);
    if (file === 'report.json') return sendPacked(on, bundle.gzip, { tag: key, cache: FOR_A_WHILE });
    const address = `${originOfRequest(on.request)}/r/${id}`;
    const work = { kind: 'form', bundle: bundle.gzip, file, address } as const;
    const form = await this.#forms.form({ key: JSON.stringify([key, file, address]), work });
    if (!form) return refuse(on, 404, `This report has no such file. ${FILES}`);
    sendForm(on, form, UNSIGNED.test(file) ? FOREVER : FOR_A_WHILE);
  }

  async #against([id, other]: readonly [string, string], file: string, on: Exchange): Promise<void> {
    if (!ID.test(id) || !ID.test(other)) return refuse(on, 400, NO_ID);
    const { reports } = this.#source;
    const [before, after] = await Promise.all([reports.bundle(id), reports.bundle(other)]);
    if (!before || !after) return refuse(on, 404, unknown(before ? other : id));
    const books = await Promise.all([reports.book(id), reports.book(other)]);
    const work = {
      ...({ kind: 'comparison', file } as const),
      before: { bundle: before.gzip, book: books[0]?.gzip },
      after: { bundle: after.gzip, book: books[1]?.gzip },
    };
    try {
      const form = await this.#forms.form({ key: JSON.stringify([id, other, file]), work });
      if (form) return sendForm(on, form, FOREVER);
      refuse(on, 404, 'Of a comparison there are comparison.md and comparison.json, and the page itself.');
    } catch (cause) {
      if (!(cause instanceof BadDataError)) throw cause;
      refuse(on, 400, `These reports cannot be compared: ${cause.message}`);
    }
  }

  async #book(id: string, on: Exchange): Promise<void> {
    const book = await this.#source.reports.book(id);
    if (!book) return refuse(on, 404, unknown(id));
    return sendPacked(on, book.gzip, { tag: `book-${id.slice(0, 27)}`, cache: FOREVER });
  }
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

function sendForm({ response }: Exchange, { type, body }: ReportForm, cache: string): void {
  if (type.startsWith('text/html')) response.setHeader('Content-Security-Policy', READ_ONLY);
  response.setHeader('Cache-Control', cache);
  // Forums show the picture on pages of their own.
  if (type.startsWith('image/')) response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.type(type);
  // Express makes the tag of the body, and answers whoever has it with 304.
  response.send(typeof body === 'string' ? body : Buffer.from(body));
}

const NO_ID = 'This is no id of a report: an id has 64 digits, 0 to 9 and a to f.';

const FILES =
  'There are report.json, book.json, report.md, report.html, tables.zip, picture.svg and picture.png, and what these name.';

const unknown = (id: string): string =>
  `There is no report ${id} here. It may have been made by another Undertow, or be one of the oldest, which are dropped: /reports says which there are.`;

function refuse({ response }: Exchange, status: number, words: string): void {
  response.status(status).setHeader('Cache-Control', 'no-store').type('text/plain').send(`${words}\n`);
}

/** Sends JSON as it lies in the database, to who takes it packed; to others unpacked. */
async function sendPacked(
  { request, response }: Exchange,
  gzip: Uint8Array,
  { tag, cache }: { readonly tag: string; readonly cache: string },
): Promise<void> {
  const packed = Buffer.from(gzip.buffer, gzip.byteOffset, gzip.byteLength);
  // Who takes it in another packing gets other bytes, and so another tag.
  const isPacked = request.acceptsEncodings('gzip') === 'gzip';
  response.setHeader('Cache-Control', `${cache}, no-transform`);
  response.setHeader('ETag', `"${tag}${isPacked ? '-gzip' : ''}"`);
  response.vary('Accept-Encoding');
  response.type('application/json');
  // Whoever verifies in a page of another origin may read it: there is nothing in it that is not for everybody.
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  if (isPacked) response.setHeader('Content-Encoding', 'gzip');
  response.send(isPacked ? packed : await unpacked(packed));
}
