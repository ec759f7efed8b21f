import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Area } from "../../contract/area.ts";
import type { Screen } from "../../contract/screen.ts";
import type { ClinicTime } from "../shared/clinic-time.ts";
import { call } from "../shared/rest.ts";
import { RevokeButton } from "./revoke-button.tsx";

interface Props {
  screens: Screen[] | undefined;
  areas: Area[];
  isOld: boolean;
  time: ClinicTime;
  onRevoked: () => Promise<void>;
}

/** The screens in use, each with a way to revoke it. */
export function ScreenList({ screens, areas, isOld, time, onRevoked }: Props): JSX.Element {
  const [error, setError] = useState<string | undefined>(undefined);

  async function revoke({ id, name }: Screen): Promise<void> {
    setError(undefined);
    const { status, message } = await call("DELETE", `/screens/${id}`);
    // With 404, another desk was quicker.
    if (status !== 204 && status !== 404) setError(`${name} could not be revoked: ${message}.`);
    await onRevoked();
  }

  return (
    <section class="screen-list" aria-labelledby="list-title">
      <h2 id="list-title">Screens in use</h2>
      <div role="alert">
        {error !== undefined && <p class="error">{error}</p>}
        {isOld && <p class="error">The list cannot be loaded at the moment. Trying again automatically.</p>}
      </div>
      {screens?.length === 0 && <p>No screen is paired yet.</p>}
      {screens && screens.length > 0 && (
        <ul>
          {screens.map((screen) => (
            <li key={screen.id} data-screen-id={screen.id}>
              <div class="about">
                <bdi class="screen-name">{screen.name}</bdi>
                {screen.area_id !== null && <bdi>{areas.find(({ id }) => id === screen.area_id)?.name}</bdi>}
                <span class="quiet">{describe(screen, time)}</span>
              </div>
              <RevokeButton name={screen.name} revoke={() => revoke(screen)} />
            </li>
          ))}
        </ul>
      )}
      <p class="quiet">A screen reports when it starts and once a day after that.</p>
    </section>
  );
}

function describe({ created_at, created_by, is_creator_disabled, seen_at }: Screen, time: ClinicTime): string {
  const creator =
    created_by === null ? "" : ` by ${created_by}${is_creator_disabled ? ", whose account is disabled" : ""}`;
  const paired = `Paired ${time.dayAndClock(new Date(created_at))}${creator}`;
  const seen = seen_at === null ? "never seen" : `last seen ${time.dayAndClock(new Date(seen_at))}`;
  return `${paired} · ${seen}`;
}
