import { en } from '../../texts/en.ts';

/** The three sentences that must be true. */
export const Promise3 = () => (
  <p class="promise">
    {en.promise.map((sentence) => (
      <span key={sentence}>{sentence}</span>
    ))}
  </p>
);
