import { useEffect, useEffectEvent, useState } from "react";

import { POLL_MILLISECONDS } from "@/api/queries";

/** What comes of a stream: its events by name, each already read as JSON. */
type Events = Record<string, (told: unknown) => void>;

/**
 * Listen to server-sent events while an address is given; tell whether one hears. What breaks off is begun again
 * after ten seconds, at the address as it is then.
 */
export function useStream(address: string | null, events: Events, onOpen?: () => void): boolean {
  const [isHeard, setHeard] = useState(false);
  const tell = useEffectEvent((name: string, data: string) => events[name]?.(JSON.parse(data)));
  const opened = useEffectEvent(() => {
    setHeard(true);
    onOpen?.();
  });
  const names = Object.keys(events).join(" ");

  useEffect(() => {
    if (address === null) return undefined;
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = () => {
      source = new EventSource(address);
      source.addEventListener("open", () => opened());
      source.addEventListener("error", () => {
        source?.close();
        setHeard(false);
        timer = setTimeout(begin, POLL_MILLISECONDS);
      });
      for (const name of names.split(" ")) {
        source.addEventListener(name, (event: MessageEvent<string>) => tell(name, event.data));
      }
    };
    begin();
    return () => {
      clearTimeout(timer);
      source?.close();
      setHeard(false);
    };
  }, [address, names]);
  return isHeard;
}
