import { type HostWorld, tellHeight } from './host.ts';

const roomAroundDialog = 96;

/** Tells the host the page's height whenever it changes; an open dialog needs its own room too. */
export function reportHeight(view: Window & typeof globalThis, world: HostWorld): void {
  let told = 0;
  const tell = () => {
    const dialogs = [...view.document.querySelectorAll('dialog')].map(
      ({ scrollHeight }) => scrollHeight + roomAroundDialog,
    );
    const height = Math.ceil(Math.max(view.document.body.offsetHeight, ...dialogs));
    if (height === told) return;
    told = height;
    tellHeight(world, height);
  };
  const watcher = new ResizeObserver(tell);
  watcher.observe(view.document.body);
  new MutationObserver(tell).observe(view.document.body, { childList: true, subtree: true });
}
