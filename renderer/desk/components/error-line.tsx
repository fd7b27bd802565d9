import type { ErrorText } from "../messages/error-messages.ts";
import shared from "./shared.module.css";

/** A sentence, and a refusal's code in small print. */
export function ErrorLine({ error: { text, code } }: { error: ErrorText }) {
	return (
		<>
			{text}
			{code !== null && (
				<>
					{" "}
					<code className={shared.errorCode}>{code}</code>
				</>
			)}
		</>
	);
}
