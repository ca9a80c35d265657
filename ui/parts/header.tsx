import { say } from '../i18n.ts';
import { go, href, place } from '../router.ts';
import { pause } from '../state/connection.ts';
import { settingsFor } from '../state/dialogs.ts';
import { connection, connectionName, type ShellConnection, shell, system } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { en } from '../texts/en.ts';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { PausedNotice } from './paused.tsx';

/** On every screen: which connection, the way to the others, and the stop button. */
export function Header() {
  const here = connection.value;
  return (
    <header class="top">
      <div class="bar">
        <a class="brand" href={here ? href(['c', here.id]) : '#/'}>
          <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 4v16h14M9 15l4-4 3 2 4-6" />
          </svg>
          <span>{shell.state.value.value?.tenant.name ?? en.common.app}</span>
        </a>
        <Connections here={here} />
        <div class="end">
          {here && here.state !== 'disconnected' && <PauseButton of={here} />}
          {here && (
            <Button
              kind="quiet"
              icon="gear"
              label={en.shell.settings}
              onClick={() => {
                settingsFor.value = here.id;
              }}
            >
              {en.shell.settings}
            </Button>
          )}
        </div>
      </div>
      {here && <Navigation here={here} />}
      {here?.paused && <PausedNotice id={here.id} by={here.paused.by} at={here.paused.at} />}
    </header>
  );
}

/** Where one is, and the way to the other connections, also while the tile's own is still to be made. */
function Connections({ here }: { here: ShellConnection | null }) {
  const all = shell.state.value.value?.connections ?? [];
  if (all.length === 0) return null;
  if (here && all.length === 1) return <span class="where">{connectionName(here)}</span>;
  return (
    <select
      class="where"
      aria-label={en.shell.connection}
      value={here?.id ?? ''}
      onChange={(event) => go(href(['c', event.currentTarget.value]))}
    >
      {!here && (
        <option value="">{say(en.shell.notConnected, { system: system.value?.name ?? '' })}</option>
      )}
      {all.map((one) => (
        <option key={one.id} value={one.id}>
          {connectionName(one)}
        </option>
      ))}
    </select>
  );
}

function Navigation({ here }: { here: ShellConnection }) {
  const [first = '', , screen = ''] = place.value.path;
  const current = first === 'c' ? screen : first;
  const links = [
    ['', en.shell.dashboard, href(['c', here.id])],
    ['tasks', en.shell.tasks, href(['c', here.id, 'tasks'])],
    ['mappings', en.shell.mappings, href(['c', here.id, 'mappings', 'customers'])],
    ['runs', en.shell.runs, href(['c', here.id, 'runs'])],
    ['month', en.shell.month, href(['c', here.id, 'month'])],
    ['log', en.shell.log, href(['log'])],
  ] as const;
  return (
    <nav aria-label={en.shell.nav}>
      {links.map(([name, text, to]) => (
        <a key={name} href={to} aria-current={current === name ? 'page' : undefined}>
          {text}
          {name === 'tasks' && here.needs > 0 && <Badge tone="asks">{here.needs}</Badge>}
        </a>
      ))}
    </nav>
  );
}

const PauseButton = ({ of: { id, paused } }: { of: ShellConnection }) =>
  paused ? (
    <Button needs="operator" kind="main" icon="play" onClick={() => setPaused(id, false)}>
      {en.shell.resume}
    </Button>
  ) : (
    <Button needs="operator" icon="pause" onClick={() => setPaused(id, true)}>
      {en.shell.pause}
    </Button>
  );

const setPaused = (id: string, paused: boolean) =>
  settle(
    pause(id, paused),
    say(paused ? en.shell.pausedDone : en.shell.resumedDone),
    'shell',
    'connection',
  );
