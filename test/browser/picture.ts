// `npm run picture`: follows the README's tour to the preview of an invoice and takes the README's picture.
import { join } from 'node:path';
import { launch } from '../ui/browser.ts';
import { follow } from './kit/follow.ts';
import { ports } from './kit/ports.ts';
import { followTour, tour } from './kit/set-up.ts';
import { visit } from './kit/visitor.ts';
import { startWorld } from './kit/world.ts';

const root = join(import.meta.dirname, '../..');
const explained = 'How this amount came about';

const world = await startWorld(ports.picture);
const browser = await launch();
try {
  const visitor = await visit(browser, world.marketplace);
  const at = tour.find(({ acts }) =>
    acts.some(({ act }) => act.do === 'see' && act.text === explained),
  );
  if (at === undefined) throw new Error(`the tour does not come to “${explained}”`);
  await followTour(visitor, world, [1, at.number - 1]);
  const last = at.acts.findIndex(({ act }) => act.do === 'see' && act.text === explained);
  await follow(visitor, { ...at, acts: at.acts.slice(0, last + 1) }, (value) => value);
  const { page } = visitor;
  await page.setViewportSize({ width: 1280, height: 1100 });
  const app = await visitor.app();
  // The pop-ups of earlier steps are no part of the picture.
  const close = app.getByRole('button', { name: 'Close this message' });
  while ((await close.count()) > 0) await close.first().click();
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(root, 'manifest/picture.png') });
  console.log('manifest/picture.png');
} finally {
  await browser.close();
  await world.stop();
}
