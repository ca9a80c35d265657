import { computed, signal } from '@preact/signals';
import { call, type Role, type View } from '../api.ts';
import { place } from '../router.ts';
import { resource } from './resource.ts';

export const shell = resource(['shell', 'connection', 'tasks'], () => call('GET /v1/shell', {}));
// The header shows it on every screen.
shell.watchers = 1;

/** The tile the host opened; it names a system. */
export const tile = signal<string | null>(null);
export const role = computed<Role>(() => shell.state.value.value?.user.role ?? 'viewer');

const ranks = { viewer: 0, operator: 1, admin: 2 } as const;
export const may = (wanted: Role): boolean => ranks[role.value] >= ranks[wanted];

export type ShellConnection = View.ShellView['connections'][number];
export type ShellSystem = View.ShellView['systems'][number];

/** The system whose tile was opened, else the first in place. */
export const tileSystem = computed<ShellSystem | null>(() => {
  const systems = shell.state.value.value?.systems ?? [];
  return (
    systems.find(({ id }) => id === tile.value) ?? systems.find(({ inPlace }) => inPlace) ?? null
  );
});

/**
 * The connection that the address names, else the one of the tile's system: none where that is still to
 * be connected, whatever other systems are.
 */
export const connection = computed<ShellConnection | null>(() => {
  const connections = shell.state.value.value?.connections ?? [];
  const [first, id] = place.value.path;
  const named = first === 'c' ? connections.find((one) => one.id === id) : undefined;
  const ofTile = connections.find(({ systemId }) => systemId === tileSystem.value?.id);
  const other = tileSystem.value?.id === tile.value ? undefined : connections[0];
  return named ?? ofTile ?? other ?? null;
});

const systemOf = (id: string): ShellSystem | undefined =>
  shell.state.value.value?.systems.find((one) => one.id === id);
/** What a person knows a connection by: two systems may hold the books of one organisation. */
export const connectionName = ({ systemId, name }: ShellConnection): string =>
  `${systemOf(systemId)?.name ?? systemId}: ${name}`;

export const system = computed<ShellSystem | null>(() => {
  const id = connection.value?.systemId;
  return (id === undefined ? undefined : systemOf(id)) ?? tileSystem.value;
});
/** Whether our lines stay open there, and somebody makes invoices of them. */
export const staysOpen = computed(() => system.value !== null && system.value.madeIn !== null);
/** What the connected system calls things, and its own name. */
export const words = computed(() => {
  const { document, company, item, account } = system.value?.words ?? unconnected;
  return {
    system: system.value?.name ?? '',
    document,
    aDocument: withArticle(document),
    company,
    aCompany: withArticle(company),
    item,
    anItem: withArticle(item),
    account,
  };
});
const unconnected = {
  document: 'document',
  company: 'company',
  item: 'item',
  account: 'account code',
};
const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
