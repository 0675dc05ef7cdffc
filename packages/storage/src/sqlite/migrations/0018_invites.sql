CREATE TABLE `invites` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`role` text NOT NULL,
	`memberships` text NOT NULL,
	`user_id` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_by` text,
	`accepted_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`accepted_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invites_token_hash_unique` ON `invites` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invites_user` ON `invites` (`user_id`);--> statement-breakpoint
CREATE INDEX `invites_accepted_by` ON `invites` (`accepted_by`);--> statement-breakpoint
CREATE INDEX `invites_expires` ON `invites` (`expires_at`);--> statement-breakpoint
CREATE TABLE `usage` (
	`day` text NOT NULL,
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`model` text NOT NULL,
	`questions` integer NOT NULL,
	`failed` integer NOT NULL,
	`input_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	PRIMARY KEY(`day`, `workspace_id`, `user_id`, `model`)
);
--> statement-breakpoint
CREATE TABLE `usage_latencies` (
	`day` text NOT NULL,
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`model` text NOT NULL,
	`kind` text NOT NULL,
	`bucket` integer NOT NULL,
	`answers` integer NOT NULL,
	PRIMARY KEY(`day`, `workspace_id`, `user_id`, `model`, `kind`, `bucket`)
);
--> statement-breakpoint
INSERT INTO `usage` (`day`, `workspace_id`, `user_id`, `model`, `questions`, `failed`, `input_tokens`, `output_tokens`)
SELECT date(a.started_at / 1000, 'unixepoch'), a.workspace_id, coalesce(t.user_id, ''), coalesce(m.model, ''),
  count(*), sum(a.state = 'failed'), 0, 0
FROM answers a JOIN threads t ON t.id = a.thread_id LEFT JOIN messages m ON m.id = a.message_id
WHERE a.state <> 'running'
GROUP BY 1, 2, 3, 4;
