import type { Disk, DiskFile } from '../../server/domain/ports/disk.ts';
import { SimulatedFile } from './simulated-file.ts';
import { SimulatedFolder } from './simulated-folder.ts';

/** One call of the port with everything needed to do it again. */
export type DiskCall =
  | { operation: 'mkdir' | 'list' | 'remove' | 'syncFolder' | 'identity'; path: string }
  | { operation: 'read'; path: string; range?: { start: number; end: number } | undefined }
  | { operation: 'open'; path: string; how: 'create' | 'replace' | 'append'; handle: number }
  | { operation: 'link' | 'rename'; path: string; to: string }
  | { operation: 'truncate'; path: string; length: number }
  | { operation: 'write'; path: string; handle: number; bytes: Uint8Array }
  | { operation: 'sync' | 'size' | 'close' | 'fileIdentity'; path: string; handle: number };

/** `short` takes half of the bytes and says so; `hang` never answers, as after a power cut. */
export type DiskFault = 'ENOSPC' | 'EIO' | 'EROFS' | 'short' | 'hang';

/**
 * A file system in memory that forgets what was not synced. Every call is one step: `onCall` sees it
 * first and may refuse it, so that a test can break any of them, or end the power at any of them.
 */
export class SimulatedDisk implements Disk {
  /** Set to keep every call that was carried out. */
  calls: DiskCall[] | null = null;
  callCount = 0;
  onCall: (call: DiskCall, count: number) => DiskFault | null = () => null;
  #folders = new Map<string, SimulatedFolder>();
  #handles = new Map<number, SimulatedFile>();
  #nextIdentity = 1;
  #nextHandle = 1;
  #isOff = false;

  /**
   * The power goes: this disk never answers again, and the returned one holds what survived.
   * `share` in [0, 1) decides how much of what was not synced happens to survive; by default nothing.
   */
  crash(share: () => number = () => 0): SimulatedDisk {
    this.#isOff = true;
    const survived = new SimulatedDisk();
    survived.#nextIdentity = this.#nextIdentity;
    const survivorOf = once((file) => file.survivor(share()));
    for (const [path, folder] of this.#folders)
      survived.#folders.set(path, folder.survivor(share(), survivorOf));
    return survived;
  }

  /** An equal disk; open files included, so that recorded calls can go on in both. */
  fork(): SimulatedDisk {
    const fork = new SimulatedDisk();
    fork.#nextIdentity = this.#nextIdentity;
    fork.#nextHandle = this.#nextHandle;
    const cloneOf = once((file) => file.clone());
    for (const [path, folder] of this.#folders) fork.#folders.set(path, folder.clone(cloneOf));
    for (const [handle, file] of this.#handles) fork.#handles.set(handle, cloneOf(file));
    return fork;
  }

  /** Does a recorded call again, at once. */
  replay(call: DiskCall): void {
    this.#apply(call);
  }

  /** The whole content of a file as the process sees it; for tests that damage or inspect it. */
  peek(path: string): Uint8Array | null {
    return this.#file(path)?.read() ?? null;
  }
  /** As `peek`, of what is left after a power cut at this moment, where nothing more survives than must. */
  peekDurable(path: string): Uint8Array | null {
    const file = this.#folders.get(parentOf(path))?.durable(nameOf(path));
    return file?.survivor(0).read() ?? null;
  }
  /** Writes durably behind the store's back, under the same identity. */
  poke(path: string, bytes: Uint8Array): void {
    const file = this.#file(path);
    if (file === undefined) throw failure('ENOENT');
    file.truncate(0);
    file.append(bytes);
    file.sync();
  }
  paths(): string[] {
    return [...this.#folders]
      .flatMap(([path, { names }]) => [...names.keys()].map((name) => `${path}/${name}`))
      .sort();
  }

  mkdir = async (path: string) => void (await this.#call({ operation: 'mkdir', path }));
  list = async (path: string) => asNames(await this.#call({ operation: 'list', path }));
  read = async (path: string, range?: { start: number; end: number }) =>
    asBytes(await this.#call({ operation: 'read', path, range }));
  link = async (path: string, to: string) =>
    void (await this.#call({ operation: 'link', path, to }));
  rename = async (path: string, to: string) =>
    void (await this.#call({ operation: 'rename', path, to }));
  remove = async (path: string) => void (await this.#call({ operation: 'remove', path }));
  truncate = async (path: string, length: number) =>
    void (await this.#call({ operation: 'truncate', path, length }));
  syncFolder = async (path: string) => void (await this.#call({ operation: 'syncFolder', path }));
  identity = async (path: string) => asText(await this.#call({ operation: 'identity', path }));

  open = async (path: string, how: 'create' | 'replace' | 'append'): Promise<DiskFile> => {
    const handle = this.#nextHandle;
    this.#nextHandle += 1;
    await this.#call({ operation: 'open', path, how, handle });
    return {
      write: async (bytes) =>
        asNumber(await this.#call({ operation: 'write', path, handle, bytes: bytes.slice() })),
      sync: async () => void (await this.#call({ operation: 'sync', path, handle })),
      size: async () => asNumber(await this.#call({ operation: 'size', path, handle })),
      identity: async () =>
        asText(await this.#call({ operation: 'fileIdentity', path, handle })) ?? '',
      close: async () => void (await this.#call({ operation: 'close', path, handle })),
    };
  };

  async #call(call: DiskCall): Promise<unknown> {
    if (this.#isOff) return forever;
    this.callCount += 1;
    const fault = this.onCall(call, this.callCount);
    if (fault === 'hang') return forever;
    if (fault === 'short' && call.operation === 'write')
      return this.#record({
        ...call,
        bytes: call.bytes.slice(0, Math.ceil(call.bytes.length / 2)),
      });
    if (fault !== null) throw failure(fault);
    return this.#record(call);
  }

  #record(call: DiskCall): unknown {
    const answer = this.#apply(call);
    this.calls?.push(call);
    return answer;
  }

  #apply(call: DiskCall): unknown {
    switch (call.operation) {
      case 'mkdir':
        if (!this.#folders.has(call.path)) this.#folders.set(call.path, new SimulatedFolder());
        return null;
      case 'list':
        return this.#names(call.path);
      case 'read':
        return this.#file(call.path)?.read(call.range?.start, call.range?.end) ?? null;
      case 'open':
        return this.#open(call.path, call.how, call.handle);
      case 'link':
        return this.#link(call.path, call.to);
      case 'rename':
        return this.#rename(call.path, call.to);
      case 'remove':
        return this.#remove(call.path);
      case 'truncate':
        return this.#existing(call.path).truncate(call.length);
      case 'syncFolder':
        return this.#folder(call.path).sync();
      case 'identity':
        return this.#file(call.path)?.identity ?? null;
      case 'write':
        this.#opened(call.handle).append(call.bytes);
        return call.bytes.length;
      case 'sync':
        return this.#opened(call.handle).sync();
      case 'size':
        return this.#opened(call.handle).length;
      case 'fileIdentity':
        return this.#opened(call.handle).identity;
      case 'close':
        return this.#handles.delete(call.handle);
      default:
        return call satisfies never;
    }
  }

  #open(path: string, how: 'create' | 'replace' | 'append', handle: number): null {
    let file = this.#file(path);
    if (file !== undefined && how === 'create') throw failure('EEXIST');
    if (file === undefined) {
      file = new SimulatedFile(`i${this.#nextIdentity}`);
      this.#nextIdentity += 1;
      this.#folder(parentOf(path)).change([{ name: nameOf(path), file }]);
    } else if (how === 'replace') file.truncate(0);
    this.#handles.set(handle, file);
    return null;
  }

  #link(from: string, to: string): void {
    if (this.#file(to) !== undefined) throw failure('EEXIST');
    this.#folder(parentOf(to)).change([{ name: nameOf(to), file: this.#existing(from) }]);
  }

  #rename(from: string, to: string): void {
    const file = this.#existing(from);
    if (parentOf(from) !== parentOf(to)) throw failure('EXDEV');
    // POSIX: two names of one file stay as they are.
    if (this.#file(to) === file) return;
    this.#folder(parentOf(from)).change([
      { name: nameOf(from), file: null },
      { name: nameOf(to), file },
    ]);
  }

  #remove(path: string): void {
    const folder = this.#folders.get(path);
    if (folder !== undefined) {
      if (folder.names.size > 0) throw failure('ENOTEMPTY');
      this.#folders.delete(path);
    } else if (this.#file(path) !== undefined)
      this.#folder(parentOf(path)).change([{ name: nameOf(path), file: null }]);
  }

  #names(path: string): string[] {
    const below = [...this.#folders.keys()].filter((folder) => parentOf(folder) === path);
    return [...(this.#folders.get(path)?.names.keys() ?? []), ...below.map(nameOf)].sort();
  }
  #folder(path: string): SimulatedFolder {
    const folder = this.#folders.get(path);
    if (folder === undefined) throw failure('ENOENT');
    return folder;
  }
  #file(path: string): SimulatedFile | undefined {
    return this.#folders.get(parentOf(path))?.names.get(nameOf(path));
  }
  #existing(path: string): SimulatedFile {
    const file = this.#file(path);
    if (file === undefined) throw failure('ENOENT');
    return file;
  }
  #opened(handle: number): SimulatedFile {
    const file = this.#handles.get(handle);
    if (file === undefined) throw failure('EBADF');
    return file;
  }
}

const forever = new Promise<never>(() => undefined);
const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const failure = (code: string): Error => Object.assign(new Error(`${code}: simulated`), { code });

/** Hard links: a file with two names stays one file in the copy. */
function once(copy: (file: SimulatedFile) => SimulatedFile) {
  const copies = new Map<SimulatedFile, SimulatedFile>();
  return (file: SimulatedFile): SimulatedFile => {
    const made = copies.get(file) ?? copy(file);
    copies.set(file, made);
    return made;
  };
}

function asBytes(answer: unknown): Uint8Array | null {
  return answer instanceof Uint8Array ? answer : null;
}
const asText = (answer: unknown): string | null => (typeof answer === 'string' ? answer : null);
const asNumber = (answer: unknown): number => (typeof answer === 'number' ? answer : 0);
const asNames = (answer: unknown): string[] => (Array.isArray(answer) ? answer.map(String) : []);
