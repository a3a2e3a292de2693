import { Dialog } from "@/ui/dialog";
import { opportunities } from "@/words/en/opportunities";
import { useT } from "@/words/provider";

const SEARCH = ["/", "keys.search"] as const;
const STAR = ["s", "keys.star"] as const;
const UNDO = ["u", "keys.undo"] as const;
const HELP = ["?", "keys.help"] as const;
const OF_LIST = [
  SEARCH,
  ["j", "keys.next"],
  ["k", "keys.previous"],
  ["Enter, o", "keys.open"],
  STAR,
  ["i", "keys.ignore"],
  UNDO,
  HELP,
] as const;
const OF_ONE = [SEARCH, STAR, ["i", "keys.ignore_one"], UNDO, HELP] as const;

/** What keys do in a list of calls, or on the page of one. */
export default function ShortcutsDialog({ isOfOne = false, onClose }: { isOfOne?: boolean; onClose: () => void }) {
  const t = useT(opportunities);
  return (
    <Dialog isOpen onClose={onClose} title={t("keys.title")}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
        {(isOfOne ? OF_ONE : OF_LIST).map(([key, meaning]) => (
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
