import { useEffect, useState } from 'react';

/** This page's monotonic clock, renewed twice a second. */
export function useTick(): number {
  const [tick, setTick] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setTick(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return tick;
}
