import { type HostWorld, tellHeight } from './host.ts';

const roomAroundDialog = 96;

/** Tells the host the page's height whenever it changes; an open dialog needs its own room too. */
export function reportHeight(view: Window & typeof globalThis, world: HostWorld): void {
  let told = 0;
  const watched = new WeakSet<HTMLDialogElement>();
  const tell = () => {
    const dialogs = [...view.document.querySelectorAll('dialog')];
    const heights = dialogs.map(({ scrollHeight }) => scrollHeight + roomAroundDialog);
    const height = Math.ceil(Math.max(view.document.body.offsetHeight, ...heights));
    // A text that changes inside moves no node, but the end of its dialog.
    for (const dialog of dialogs.filter((one) => !watched.has(one))) {
      watched.add(dialog);
      watcher.observe(dialog);
    }
    if (height === told) return;
    told = height;
    tellHeight(world, height);
  };
  const watcher = new ResizeObserver(tell);
  watcher.observe(view.document.body);
  new MutationObserver(tell).observe(view.document.body, { childList: true, subtree: true });
}
