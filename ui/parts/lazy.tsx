import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { en } from '../texts/en.ts';
import { ErrorBox, Skeleton } from './states.tsx';

export type Load = () => ComponentType | Promise<ComponentType>;

/**
 * A page that is fetched when it is first opened; one already here is drawn at once. Where its file is gone, since a
 * newer version is served by now, only the whole page helps: the address keeps the place.
 */
export function Lazy({ load }: { load: Load }) {
  const page = useSignal<ComponentType | null>(null);
  const failed = useSignal(false);
  useEffect(() => {
    const start = async () => {
      try {
        page.value = await load();
      } catch {
        failed.value = true;
      }
    };
    void start();
  }, []);
  if (failed.value)
    return (
      <ErrorBox
        error={{
          code: 'internal',
          ...en.errors.unreachable,
          said: null,
          requestId: '',
          retryAt: null,
        }}
        again={() => location.reload()}
      />
    );
  const Page = page.value;
  return Page ? <Page /> : <Skeleton />;
}
