import type { View } from '../api.ts';
import { en } from '../texts/en.ts';
import { needSentence } from '../texts/words.ts';
import { Notice } from './states.tsx';

/** Why something is held back. A guard says that it stopped for safety. */
export const NeedList = ({ needs }: { needs: readonly View.NeedView[] }) => (
  <>
    {needs.map((need) => (
      <Notice key={`${need.code} ${need.subject}`} tone={need.guard ? 'bad' : 'asks'}>
        <p>
          {need.guard && <strong>{en.stopped}: </strong>}
          {needSentence(need)}
        </p>
      </Notice>
    ))}
  </>
);
