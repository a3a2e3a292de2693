import { CopyText } from "@/ui/copy-text";
import { settings } from "@/words/en/settings";
import { useT } from "@/words/provider";

/** A link that lets somebody in: it is shown this once. */
export function LinkToHandOn({ link }: { link: string }) {
  const t = useT(settings);
  return (
    <>
      <p className="bg-warn-soft text-warn rounded-md px-3 py-2">{t("link.hand_on")}</p>
      <CopyText label={t("link")} text={link} />
    </>
  );
}
