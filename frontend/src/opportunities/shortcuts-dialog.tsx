import { Dialog } from "@/ui/dialog";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

const KEYS = [
  ["/", "keys.search"],
  ["j", "keys.next"],
  ["k", "keys.previous"],
  ["Enter, o", "keys.open"],
  ["s", "keys.star"],
  ["i", "keys.ignore"],
  ["u", "keys.undo"],
  ["?", "keys.help"],
] as const;

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useT(opportunities);
  return (
    <Dialog isOpen onClose={onClose} title={t("keys.title")}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
        {KEYS.map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="bg-sunken border-line rounded border px-1.5 py-0.5 font-mono text-xs">{key}</kbd>
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
