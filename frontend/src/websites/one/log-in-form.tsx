import { useMutation, useQueryClient } from "@tanstack/react-query";

import { PasswordInput } from "@/accounts/password-input";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { Input, Select, TextArea } from "@/ui/field";
import { FormDialog } from "@/ui/form-dialog";
import { tell } from "@/ui/toast";
import { websites } from "@/words/en/websites";
import { useT } from "@/words/provider";

import type { Website } from "../asked";
import { logInQuery } from "../queries";
import { askedBy, bodyOf, KINDS, namesOf, type Draft } from "./log-in-draft";

interface Props {
  website: Website;
  draft: Draft;
  onChange: (draft: Draft) => void;
  onClose: () => void;
  onDone: () => void;
}

/** What a website is logged in with, of any kind; it is locked away and never shown again. */
export default function LogInForm({ website, draft, onChange, onClose, onDone }: Props) {
  const t = useT(websites);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PUT("/api/websites/{website_id}/login", {
          params: { path: { website_id: website.id } },
          body: bodyOf(draft),
        }),
      ),
    onSuccess: (logIn) => {
      queries.setQueryData(logInQuery(website.id).queryKey, logIn);
      tell(t("login.saved"));
      onDone();
    },
  });
  const causes = save.error instanceof Problem ? save.error.causes : [];
  const wrong = (name: string) => causes.find((cause) => cause.location.endsWith(`.${name}`))?.message;
  const give = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const text = (name: "url" | "user" | "userField" | "passwordField" | "successText" | "moreNames" | "header") => ({
    value: draft[name],
    autoComplete: "off",
    spellCheck: false,
    onChange: (event: { target: { value: string } }) => give({ [name]: event.target.value }),
  });
  const secret = (name: "password" | "cookies" | "value") => ({
    value: draft[name],
    autoComplete: "new-password",
    required: true,
    onChange: (event: { target: { value: string } }) => give({ [name]: event.target.value }),
  });
  const hasPassword = draft.kind === "basic" || draft.kind === "form";
  return (
    <FormDialog
      onClose={onClose}
      title={t("login.form_title", { name: website.name })}
      description={t("login.form_what")}
      does={t("login.save")}
      onSubmit={() => save.mutate()}
      isBusy={save.isPending}
      error={save.error}
    >
      <Select
        label={t("login.kind")}
        hint={t(`login.hint_${draft.kind}`)}
        value={draft.kind}
        onChoose={(kind) => give({ kind: KINDS.find((each) => each === kind) ?? "form" })}
        options={KINDS.map((kind) => ({ value: kind, name: t(`login.kind_${kind}`) }))}
      />
      {(draft.kind === "form" || draft.kind === "recorded") && (
        <Input label={t("login.url")} required inputMode="url" error={wrong("log_in_url")} {...text("url")} />
      )}
      {hasPassword && (
        <>
          <Input label={t("login.user")} required error={wrong("user")} {...text("user")} />
          <PasswordInput label={t("login.password")} error={wrong("password")} {...secret("password")} />
        </>
      )}
      {draft.kind === "cookie" && (
        <PasswordInput
          label={t("login.cookies")}
          hint={t("login.cookies_hint")}
          error={wrong("cookies")}
          {...secret("cookies")}
        />
      )}
      {draft.kind === "header" && (
        <>
          <Input label={t("login.header")} required placeholder="X-Api-Key" error={wrong("name")} {...text("header")} />
          <PasswordInput label={t("login.value")} error={wrong("value")} {...secret("value")} />
        </>
      )}
      {draft.kind === "form" && (
        <details>
          <summary className="text-muted min-h-6 text-sm">{t("login.more")}</summary>
          <div className="grid gap-3 pt-2">
            <Input label={t("login.user_field")} hint={t("login.field_hint")} {...text("userField")} />
            <Input label={t("login.password_field")} {...text("passwordField")} />
            <Input label={t("login.more_names")} hint={t("website.tags_hint")} {...text("moreNames")} />
            {namesOf(draft).map((name) => (
              <PasswordInput
                key={name}
                label={t("login.more_value", { name })}
                autoComplete="new-password"
                required
                value={draft.more[name] ?? ""}
                onChange={(event) => give({ more: { ...draft.more, [name]: event.target.value } })}
              />
            ))}
            <Input label={t("login.success_text")} hint={t("login.success_hint")} {...text("successText")} />
          </div>
        </details>
      )}
      {draft.kind === "recorded" && (
        <>
          <TextArea
            label={t("login.steps")}
            hint={t("login.steps_hint")}
            error={wrong("steps")}
            required
            rows={5}
            spellCheck={false}
            className="font-mono"
            value={draft.steps}
            onChange={(event) => give({ steps: event.target.value })}
          />
          {askedBy(draft).map((step, index) => (
            <PasswordInput
              key={index}
              label={t("login.step_text", { step })}
              autoComplete="new-password"
              required
              value={draft.secrets[index] ?? ""}
              onChange={(event) => {
                const secrets = askedBy(draft).map((_, place) => draft.secrets[place] ?? "");
                secrets[index] = event.target.value;
                give({ secrets });
              }}
            />
          ))}
        </>
      )}
    </FormDialog>
  );
}
