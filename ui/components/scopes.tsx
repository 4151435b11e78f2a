import type { StoreSummary } from "../../worker/contract/index.ts";
import { Message } from "./basics.tsx";

export const MissingScopes = ({ store }: { store: StoreSummary }) =>
  store.missingScopes.length ? (
    <Message type="warning" title="These permissions are missing">
      <ul>
        {store.missingScopes.map((need) => (
          <li key={need.scope}>
            <strong>{need.name}</strong>: {need.why}
          </li>
        ))}
      </ul>
    </Message>
  ) : null;
