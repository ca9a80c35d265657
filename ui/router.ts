import { computed, signal } from '@preact/signals';

/** Addresses live behind the hash, so that the host's own address and query stay as they are. */
export interface Place {
  /** Decoded segments: `#/c/x1/tasks` is `['c', 'x1', 'tasks']`. */
  path: readonly string[];
  query: Readonly<Record<string, string>>;
}

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  return {
    path: path.split('/').filter(Boolean).map(decoded),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** The address of a place; members that are empty or absent are left out. */
export function href(path: readonly string[], query: Record<string, string | undefined> = {}) {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const text = new URLSearchParams(given).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`;
}

const hash = signal('');
export const place = computed(() => placeOf(hash.value));
/** The address without its hash sign: `c/x1/tasks?view=all`; empty on the first screen. */
export const screen = computed(() => hash.value.replace(/^#?\/?/, ''));

export function startRouter(view: Window): void {
  const read = () => {
    hash.value = view.location.hash;
  };
  view.addEventListener('hashchange', read);
  read();
}

export const go = (to: string): void => {
  location.hash = to;
};
/** Changes the address without a step in the history: filters and pages. */
export function replace(to: string): void {
  history.replaceState(null, '', to);
  hash.value = to;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
