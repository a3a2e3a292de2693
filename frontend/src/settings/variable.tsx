import { Fragment } from "react";

/** The name of an environment variable, which breaks between its words where there is no room. */
export function Variable({ name }: { name: string }) {
  return (
    <code className="text-xs">
      {name.split("_").map((word, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <>
              _<wbr />
            </>
          )}
          {word}
        </Fragment>
      ))}
    </code>
  );
}
