CREATE TABLE `answer_events` (
	`answer_id` text NOT NULL,
	`last_seq` integer NOT NULL,
	`events` text NOT NULL,
	PRIMARY KEY(`answer_id`, `last_seq`),
	FOREIGN KEY (`answer_id`) REFERENCES `answers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `answers` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`thread_id` text NOT NULL,
	`question_id` text NOT NULL,
	`message_id` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `answers_state` ON `answers` (`state`);--> statement-breakpoint
CREATE INDEX `answers_thread` ON `answers` (`thread_id`);--> statement-breakpoint
CREATE INDEX `answers_message` ON `answers` (`message_id`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`role` text NOT NULL,
	`text` text NOT NULL,
	`reasoning` text,
	`status` text NOT NULL,
	`answer_id` text,
	`citations` text NOT NULL,
	`error` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`thread_id`) REFERENCES `threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `messages_thread` ON `messages` (`thread_id`,`id`);--> statement-breakpoint
CREATE INDEX `messages_answer` ON `messages` (`answer_id`);--> statement-breakpoint
CREATE TABLE `threads` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`user_id` text,
	`title` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `threads_workspace` ON `threads` (`workspace_id`,`id`);--> statement-breakpoint
CREATE TABLE `blobs` (
	`sha256` text PRIMARY KEY NOT NULL,
	`size` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `chunks` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`document_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`revision` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`page` integer,
	`section` text,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`tokens` integer NOT NULL,
	`text` text NOT NULL,
	`embedding_key` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chunks_position` ON `chunks` (`document_id`,`revision`,`ordinal`);--> statement-breakpoint
CREATE INDEX `chunks_workspace` ON `chunks` (`workspace_id`,`embedding_key`,`key`);--> statement-breakpoint
CREATE TABLE `documents` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`external_id` text,
	`filename` text NOT NULL,
	`title` text NOT NULL,
	`title_given` integer NOT NULL,
	`format` text,
	`content_type` text,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`source` text NOT NULL,
	`source_url` text,
	`metadata` text NOT NULL,
	`status` text NOT NULL,
	`stage` text NOT NULL,
	`progress` real NOT NULL,
	`reason` text,
	`message` text,
	`warnings` text NOT NULL,
	`pages` integer,
	`chunks` integer NOT NULL,
	`revision` integer NOT NULL,
	`searchable_revision` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `documents_workspace` ON `documents` (`workspace_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `documents_external` ON `documents` (`workspace_id`,`external_id`);--> statement-breakpoint
CREATE INDEX `documents_sha256` ON `documents` (`sha256`);--> statement-breakpoint
CREATE INDEX `documents_status` ON `documents` (`workspace_id`,`status`,`id`);--> statement-breakpoint
CREATE TABLE `embeddings` (
	`key` integer PRIMARY KEY NOT NULL,
	`model_id` text NOT NULL,
	`dimension` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `embeddings_model_id_unique` ON `embeddings` (`model_id`);--> statement-breakpoint
CREATE TABLE `ingest_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` text NOT NULL,
	`document_id` text NOT NULL,
	`status` text NOT NULL,
	`stage` text NOT NULL,
	`progress` real NOT NULL,
	`reason` text,
	`message` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ingest_events_workspace` ON `ingest_events` (`workspace_id`,`id`);--> statement-breakpoint
CREATE INDEX `ingest_events_document` ON `ingest_events` (`document_id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`workspace_id` text NOT NULL,
	`document_id` text,
	`revision` integer,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`run_after` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `jobs_queue` ON `jobs` (`state`,`workspace_id`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_document` ON `jobs` (`document_id`);--> statement-breakpoint
CREATE TABLE `text_parts` (
	`document_id` text NOT NULL,
	`revision` integer NOT NULL,
	`start` integer NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`document_id`, `revision`, `start`),
	FOREIGN KEY (`document_id`,`revision`) REFERENCES `texts`(`document_id`,`revision`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `texts` (
	`document_id` text NOT NULL,
	`revision` integer NOT NULL,
	`length` integer NOT NULL,
	`blocks` text,
	`parsed` integer NOT NULL,
	PRIMARY KEY(`document_id`, `revision`),
	FOREIGN KEY (`document_id`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`webhook_id` text NOT NULL,
	`event_key` integer NOT NULL,
	`status` text NOT NULL,
	`attempts` text NOT NULL,
	`tries` integer NOT NULL,
	`next_attempt_at` integer,
	`delivered_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`event_key`) REFERENCES `events`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `webhook_deliveries` (`status`,`webhook_id`,`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `deliveries_webhook` ON `webhook_deliveries` (`webhook_id`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_delivered` ON `webhook_deliveries` (`webhook_id`,`delivered_at`);--> statement-breakpoint
CREATE INDEX `deliveries_event` ON `webhook_deliveries` (`event_key`);--> statement-breakpoint
CREATE TABLE `events` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`workspace_id` text,
	`data` text NOT NULL,
	`timestamp` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_id_unique` ON `events` (`id`);--> statement-breakpoint
CREATE INDEX `events_workspace` ON `events` (`workspace_id`,`key`);--> statement-breakpoint
CREATE INDEX `events_type` ON `events` (`type`,`key`);--> statement-breakpoint
CREATE INDEX `events_timestamp` ON `events` (`timestamp`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`answer` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`scope`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_created` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`description` text NOT NULL,
	`event_types` text,
	`workspace_id` text,
	`enabled` integer NOT NULL,
	`disabled_reason` text,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_secret_until` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`previous_hash` text,
	`previous_until` integer,
	`requests_per_minute` integer,
	`scopes` text NOT NULL,
	`workspace_id` text,
	`created_by` text,
	`expires_at` integer,
	`last_used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_previous_hash_unique` ON `api_keys` (`previous_hash`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`username_folded` text NOT NULL,
	`password_hash` text NOT NULL,
	`role` text NOT NULL,
	`suspended` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_folded_unique` ON `users` (`username_folded`);--> statement-breakpoint
CREATE TABLE `members` (
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `user_id`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `members_user` ON `members` (`user_id`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`slug` text,
	`mode` text NOT NULL,
	`refusal_text` text NOT NULL,
	`instructions` text NOT NULL,
	`model` text,
	`temperature` real,
	`top_k` integer NOT NULL,
	`similarity_floor` real NOT NULL,
	`history_messages` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`removed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `workspaces_slug_unique` ON `workspaces` (`slug`);