import { crc32 } from 'node:zlib';
import { packedIndex } from './log/packed-index.ts';
import { StoreStop } from './stop.ts';

/**
 * The form of every document and line of this store; it rises when the form of any of them changes.
 * 1: as JSON, the version in each document and in the first line of a growing file.
 * 2: sealed: each document and each line begins with its version and a checksum of what follows, so
 *    that a changed digit is damage and not another amount.
 * 3: the index of a full log segment packs its numbers.
 */
export const currentVersion = 3;
const sealedSince = 2;

export type FileKind = 'manifest' | 'hot' | 'document' | 'records' | 'log' | 'log-index';

type Migration = (content: unknown) => unknown;
const same: Migration = (content) => content;

/** `migrations[kind][n]` turns a document or line of version n into version n + 1. */
const migrations: Readonly<Record<FileKind, Readonly<Record<number, Migration>>>> = {
  manifest: { 1: same, 2: same },
  hot: { 1: same, 2: same },
  document: { 1: same, 2: same },
  records: { 1: same, 2: same },
  log: { 1: same, 2: same },
  'log-index': { 1: same, 2: packedIndex },
};

/** The text of a JSON object with members, sealed in today's form. */
export function sealed(content: string): string {
  const rest = content.slice(1);
  return `${sealedHead(crc32(rest))}${rest}`;
}

/** How a sealed text begins whose rest, behind its first bracket, has this checksum. */
export const sealedHead = (checksum: number): string =>
  `{"version":${currentVersion},"crc":"${checksumText(checksum)}",`;

/** The first line of a growing file: what kind of lines follow. */
export const headerOf = (kind: FileKind): string => sealed(JSON.stringify({ kind }));

/** Whether a line was written in a form that seals lines; behind one, none is without. */
export const isSealed = (text: string): boolean => sealedForm.test(text);

/**
 * The content of a document or line in today's form. Throws StoreStop where a later version of the
 * app wrote it, and TypeError or SyntaxError where it is damaged.
 */
export function unsealed(options: {
  kind: FileKind;
  file: string;
  text: string;
  parse: (text: string) => unknown;
}): unknown {
  const { kind, file, text, parse } = options;
  // Lines of the first form carry no version of their own.
  const version = Number(versionHead.exec(text)?.[1] ?? 1);
  if (version > currentVersion) throw laterVersion(file, version);
  const [head, , checksum] = sealedForm.exec(text) ?? [];
  const expected = head === undefined ? undefined : checksumText(crc32(text.slice(head.length)));
  if (checksum !== expected || (head !== undefined) !== version >= sealedSince)
    throw new TypeError('wrong checksum');
  let content = parse(text);
  for (let step = version; step < currentVersion; step += 1) {
    const migrate = migrations[kind][step];
    if (migrate === undefined) throw new TypeError(`no migration from version ${step}`);
    content = migrate(content);
  }
  return content;
}

const versionHead = /^\{"version":(\d{1,9})[,}]/;
const sealedForm = /^\{"version":(\d{1,9}),"crc":"([0-9a-f]{8})",/;
const checksumText = (checksum: number): string => checksum.toString(16).padStart(8, '0');

const laterVersion = (file: string, version: number): StoreStop =>
  new StoreStop({
    reason: 'newer-version',
    file,
    problem: `was written by a later version of this app (form ${version}, this one knows ${currentVersion})`,
    fix: 'Start the later version again; nothing was changed',
  });
