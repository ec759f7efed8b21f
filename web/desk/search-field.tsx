import type { JSX } from "preact";

/** Takes the words that narrow the page down to some doctors or patients. */
export function SearchField({ words, change }: { words: string; change: (words: string) => void }): JSX.Element {
  return (
    <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
      <input
        type="search"
        aria-label="Find a doctor or patient"
        placeholder="Doctor, patient or phone"
        autocomplete="off"
        value={words}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </form>
  );
}
