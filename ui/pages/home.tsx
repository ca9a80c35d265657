import { Lazy } from '../parts/lazy.tsx';
import { connection } from '../state/shell.ts';
import { DashboardPage } from './dashboard/dashboard.tsx';

/** The Dashboard, or the way to a first connection. */
export const Home = () => {
  const here = connection.value;
  return here ? (
    <DashboardPage key={here.id} id={here.id} />
  ) : (
    <Lazy key="start" load={() => import('./dashboard/start.tsx').then((at) => at.StartPage)} />
  );
};
