import { launch } from './launch.ts';
import { returned } from './messages.ts';
import { createPage } from './page.ts';

const closeAfterMs = 800;
const page = createPage(document);
const outcome = document.querySelector('meta[name="connect-outcome"]')?.getAttribute('content');

if (outcome === 'returned' || outcome === 'refused' || outcome === 'expired') {
  // The vendor's code stood in this address: it leaves the history before anything else.
  window.history.replaceState(null, '', '/connect/callback');
  page.say(outcome);
  const opener: Window | null = window.opener;
  opener?.postMessage(returned, window.location.origin);
  if (outcome === 'returned') setTimeout(() => window.close(), closeAfterMs);
} else {
  void launch(page);
}
