"use client";

import { Copy } from "lucide-react";

import { IconButton } from "@/ui/button";
import { tell } from "@/ui/toast";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import type { Website } from "../asked";
import { Section } from "./section";

/** Secrets are typed on the server, never here: the page says which commands keep, try and forget a log-in. */
export function LogIn({ website }: { website: Website }) {
  const t = useT(websites);
  const url = quoted(website.url);
  return (
    <Section title={t("login.title")}>
      <p className="text-muted text-sm">{t("login.what")}</p>
      <div className="grid gap-2">
        <Command name={t("login.set")} command={`hoistscraper credential set ${url} --kind form --log-in-url …`} />
        <Command name={t("login.test")} command={`hoistscraper credential test ${url}`} />
        <Command name={t("login.remove")} command={`hoistscraper credential remove ${url}`} />
      </div>
      <p className="text-muted text-xs">{t("login.kinds")}</p>
    </Section>
  );
}

function Command({ name, command }: { name: string; command: string }) {
  const t = useT(websites);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(command);
      tell(t("login.copied"));
    } catch {
      tell(t("login.not_copied"), "failed");
    }
  }
  return (
    <div>
      <p className="text-xs font-medium">{name}</p>
      <div className="flex items-center gap-1">
        <code className="bg-sunken min-w-0 flex-1 rounded px-2 py-1 font-mono text-xs break-all">{command}</code>
        <IconButton label={t("login.copy", { name })} onClick={() => void copy()}>
          <Copy aria-hidden className="size-4" />
        </IconButton>
      </div>
    </div>
  );
}

/** Return a text as a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
