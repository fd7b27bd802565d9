import { Button } from "../components/button.tsx";
import { useDispatch, useKiosk, useMessages } from "../components/context.ts";
import { Heading } from "../components/heading.tsx";
import { Icon } from "../components/icon.tsx";
import { Phrases } from "../components/phrases.tsx";
import { TopicTiles } from "../components/topic-tiles.tsx";
import { MAX_PEOPLE, MAX_TOPICS, planHint } from "../state/plan.ts";
import type { StateAt } from "../state/state.ts";
import styles from "./plan-screen.module.css";

/** Several topics or people on one ticket. A screen of its own, so that a single visitor with one topic never sees it. */
export default function PlanScreen({ state }: { state: StateAt<"plan"> }) {
	const topics = useKiosk("topics");
	const { t } = useMessages();
	const dispatch = useDispatch();
	const { people } = state;
	return (
		<main className={styles.screen}>
			<div className={styles.head}>
				<Heading className={styles.title}>
					<Phrases text={t("plan.title")} />
				</Heading>
				<p className={styles.hint} role="status">
					{t(planHint(state))}
				</p>
			</div>
			<TopicTiles
				topics={topics[state.language]?.topics ?? []}
				page={state.page}
				selected={state.topics}
				isFull={state.topics.length === MAX_TOPICS}
				onSelect={(topic) => dispatch({ type: "topic-selected", topic })}
				onMore={(page) => dispatch({ type: "page-turned", page })}
			/>
			<div className={styles.actions}>
				<Button kind="plain" icon={<Icon name="arrow-left" directed />} onPress={() => dispatch({ type: "went-back" })}>
					{t("back")}
				</Button>
				<div className={styles.people}>
					<button
						type="button"
						aria-label={t("plan.fewer")}
						aria-disabled={people === 1 || undefined}
						onClick={() => dispatch({ type: "people-set", people: people - 1 })}
					>
						<Icon name="minus" />
					</button>
					<output>{t("people", { count: people })}</output>
					<button
						type="button"
						aria-label={t("plan.more")}
						aria-disabled={people === MAX_PEOPLE || undefined}
						onClick={() => dispatch({ type: "people-set", people: people + 1 })}
					>
						<Icon name="plus" />
					</button>
				</div>
				<Button
					kind="primary"
					icon={<Icon name="arrow-right" directed />}
					disabled={state.topics.length === 0}
					onPress={() => dispatch({ type: "ticket-requested" })}
				>
					{t("plan.next")}
				</Button>
			</div>
		</main>
	);
}
