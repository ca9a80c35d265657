import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { en } from '../texts/en.ts';
import { Button } from './button.tsx';

/** A native modal dialog. It is closed by script alone, since a sandboxed frame may not submit forms. */
export function Dialog({
  title,
  onClose,
  wide,
  foot,
  children,
}: {
  title: string;
  onClose: () => void;
  wide?: boolean;
  foot?: ComponentChildren;
  children: ComponentChildren;
}) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    box.current?.showModal();
    box.current?.scrollIntoView({ block: 'nearest' });
    return () => {
      box.current?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={wide ? 'wide' : ''}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="head">
        <h2 id={id}>{title}</h2>
        <Button kind="quiet" icon="close" label={en.common.close} onClick={onClose}>
          {en.common.close}
        </Button>
      </div>
      <div class="content">{children}</div>
      {foot && <div class="foot">{foot}</div>}
    </dialog>
  );
}
