import { StoreStop } from './stop.ts';

/** The form of every file of this store. It rises when the form of any of them changes. */
export const currentVersion = 1;

export type FileKind = 'manifest' | 'hot' | 'document' | 'records' | 'log' | 'log-index';

/** `migrations[kind][n]` turns a file's content of version n into version n + 1. */
const migrations: Readonly<Record<FileKind, Readonly<Record<number, Migration>>>> = {
  manifest: {},
  hot: {},
  document: {},
  records: {},
  log: {},
  'log-index': {},
};
type Migration = (content: unknown) => unknown;

/** The content in today's form. Throws StoreStop where a later version of the app wrote it. */
export function upgraded(kind: FileKind, file: string, content: unknown): unknown {
  const version = versionOf(content);
  if (version === null) throw new TypeError('no version');
  if (version > currentVersion)
    throw new StoreStop({
      reason: 'newer-version',
      file,
      problem: `was written by a later version of this app (form ${version}, this one knows ${currentVersion})`,
      fix: 'Start the later version again; nothing was changed',
    });
  let upgradedContent = content;
  for (let step = version; step < currentVersion; step += 1) {
    const migrate = migrations[kind][step];
    if (migrate === undefined) throw new TypeError(`no migration from version ${step}`);
    upgradedContent = migrate(upgradedContent);
  }
  return upgradedContent;
}

function versionOf(content: unknown): number | null {
  if (content === null || typeof content !== 'object' || !('version' in content)) return null;
  const { version } = content;
  return typeof version === 'number' && Number.isInteger(version) && version > 0 ? version : null;
}
