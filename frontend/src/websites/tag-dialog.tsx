import { useState } from "react";

import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Input } from "@/ui/field";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import { tagsOf } from "./tags";

interface Props {
  action: "tag" | "untag";
  count: number;
  isBusy: boolean;
  onTag: (tags: string[]) => void;
  onClose: () => void;
}

/** Asks which tags some websites shall have, or have no more. */
export default function TagDialog({ action, count, isBusy, onTag, onClose }: Props) {
  const t = useT(websites);
  const [typed, setTyped] = useState("");
  const tags = tagsOf(typed);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(action === "untag" ? "websites.untag_title" : "websites.tag_title", { count })}
      actions={
        <Button look="primary" type="submit" form="tag-websites" disabled={tags.length === 0} isBusy={isBusy}>
          {t(action === "untag" ? "websites.untag_do" : "websites.tag_do")}
        </Button>
      }
    >
      <form
        id="tag-websites"
        onSubmit={(event) => {
          event.preventDefault();
          if (tags.length > 0) onTag(tags);
        }}
      >
        <Input
          label={t("website.tags")}
          hint={t("website.tags_hint")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
