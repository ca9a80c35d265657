import { useEffect, useRef } from 'preact/hooks';
import { pageOf } from './pages/index.ts';
import { Header } from './parts/header.tsx';
import { Lazy } from './parts/lazy.tsx';
import { Await, Notice, Skeleton } from './parts/states.tsx';
import { Toasts } from './parts/toast.tsx';
import { place } from './router.ts';
import { question } from './state/ask.ts';
import { settingsFor } from './state/dialogs.ts';
import { door } from './state/session.ts';
import { may, shell } from './state/shell.ts';
import { en } from './texts/en.ts';

/** The page as a function of the session, the shell and the address. */
export function App() {
  if (door.value.state === 'locked')
    return <Lazy load={() => import('./pages/locked.tsx').then((at) => at.LockedPage)} />;
  return (
    <>
      {door.value.state === 'opening' ? (
        <main class="page">
          <Skeleton />
        </main>
      ) : (
        <Await from={shell.state.value} again={shell.reload}>
          {() => (
            <>
              <Header />
              <Screen />
              {settingsFor.value && (
                <Lazy
                  key={settingsFor.value}
                  load={() => import('./pages/settings/dialog.tsx').then((at) => at.SettingsDialog)}
                />
              )}
            </>
          )}
        </Await>
      )}
      {question.value && (
        <Lazy load={() => import('./parts/confirm.tsx').then((at) => at.Confirm)} />
      )}
      <Toasts />
    </>
  );
}

function Screen() {
  const main = useRef<HTMLElement>(null);
  const page = pageOf(place.value.path);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus();
    first.current = false;
  }, [page.name]);
  return (
    <main class="page" ref={main} tabIndex={-1}>
      {!may('operator') && <Notice>{en.common.readOnly}</Notice>}
      <Lazy key={page.name} load={page.load} />
    </main>
  );
}
