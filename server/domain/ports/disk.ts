/** The file system under the embedded store, narrow enough to be simulated call by call. */
export interface Disk {
  /** With mode 0700; no error where it exists. */
  mkdir(path: string): Promise<void>;
  /** Names in the folder, sorted; empty where it is absent. */
  list(path: string): Promise<string[]>;
  /** The whole file or, with a range, its bytes from `start` up to `end` (fewer at the end). */
  read(path: string, range?: { start: number; end: number }): Promise<Uint8Array | null>;
  /** `create` fails where the file exists, `replace` empties it, `append` makes it; mode 0600. */
  open(path: string, how: 'create' | 'replace' | 'append'): Promise<DiskFile>;
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A file or an empty folder; no error where it is absent. */
  remove(path: string): Promise<void>;
  truncate(path: string, length: number): Promise<void>;
  /** Makes names in the folder durable. */
  syncFolder(path: string): Promise<void>;
  /** Identity of a file, to notice another writer; null when absent. */
  identity(path: string): Promise<string | null>;
}

export interface DiskFile {
  write(bytes: Uint8Array): Promise<number>;
  sync(): Promise<void>;
  size(): Promise<number>;
  identity(): Promise<string>;
  close(): Promise<void>;
}
