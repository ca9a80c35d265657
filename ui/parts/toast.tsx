import { useEffect, useRef } from 'preact/hooks';
import { say } from '../i18n.ts';
import { dismiss, type Toast, toasts } from '../state/toasts.ts';
import { en } from '../texts/en.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

const icons = { ok: 'check', asks: 'info', waits: 'clock', failed: 'warn' } as const;

/** Pop-ups, read out by screen readers as they come. */
export function Toasts() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The host's page scrolls, not the frame: they go to the end of what is in sight. Told from the top,
    // since a frame that grows moves only its end.
    const place = () => {
      const watcher = new IntersectionObserver(([page]) => {
        if (page) box.current?.style.setProperty('--in-sight', `${page.intersectionRect.bottom}px`);
        watcher.disconnect();
      });
      watcher.observe(document.documentElement);
    };
    place();
    addEventListener('resize', place);
    return () => removeEventListener('resize', place);
  }, [toasts.value]);
  return (
    <div ref={box} class="toasts" role="log" aria-live="polite">
      {toasts.value.map((toast) => (
        <One key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

const One = ({ toast }: { toast: Toast }) => (
  <div class={`toast ${toast.tone}`}>
    <Icon name={icons[toast.tone]} />
    <p>
      <strong>{toast.text}</strong>
      {toast.count > 1 && (
        <span class="quiet"> {say(en.common.times, { count: String(toast.count) })}</span>
      )}
      {toast.next && <span class="block">{toast.next}</span>}
    </p>
    <Button
      kind="quiet"
      small
      icon="close"
      label={en.common.dismiss}
      onClick={() => dismiss(toast.id)}
    >
      {en.common.close}
    </Button>
  </div>
);
