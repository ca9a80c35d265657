import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type FileSystem, fileSystems } from './battery.ts';

/** What is asked of a machine before anything is tried on it. */
export interface Machine {
  isRoot: boolean;
  /** Is the device or the command there? */
  has(name: string): boolean;
  /** The kernel's own list of file systems (proc(5)). */
  knows(fileSystem: string): boolean;
}

/** Debian keeps some of the commands where only root looks. */
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];

export const thisMachine = (): Machine => ({
  isRoot: process.getuid?.() === 0,
  has: (name) =>
    name.startsWith('/') ? existsSync(name) : folders.some((at) => existsSync(join(at, name))),
  knows: (fileSystem) =>
    existsSync('/proc/filesystems') &&
    readFileSync('/proc/filesystems', 'utf8').split(/\s+/).includes(fileSystem),
});

/** What stands between this machine and a power cut on the file system, each with what to do; empty is nothing. */
export function lacks(machine: Machine, fileSystem: FileSystem): string[] {
  const [make] = fileSystems[fileSystem].make;
  return [
    ...(machine.isRoot ? [] : ['only root may mount: run it as root, in a machine of its own']),
    ...['/dev/fuse', '/dev/loop-control']
      .filter((device) => !machine.has(device))
      .map((device) => `${device} is missing: a container has it only when it is told to`),
    ...['fuse', fileSystem]
      .filter((name) => !machine.knows(name))
      .map((name) => `the kernel has no ${name}: load its module, or take another kernel`),
    ...['mount', 'umount', 'losetup']
      .filter((command) => !machine.has(command))
      .map((command) => `${command} is missing: install mount and util-linux`),
    ...(machine.has(make) ? [] : [`${make} is missing: install ${packages[fileSystem]}`]),
  ];
}

const packages: Readonly<Record<FileSystem, string>> = { ext4: 'e2fsprogs', xfs: 'xfsprogs' };
