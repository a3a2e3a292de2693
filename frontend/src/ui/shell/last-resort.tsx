import { en } from "@/words/en";

/** What shows when not even what is around the pages could be shown; so without the languages, too. */
export function LastResort() {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="card max-w-prose p-6">
        <h1 className="text-lg font-semibold">{en["error.title"]}</h1>
        <p className="text-muted">{en["error.unexpected"]}</p>
        <a className="text-accent underline" href="/">
          {en["error.start_again"]}
        </a>
      </div>
    </main>
  );
}
