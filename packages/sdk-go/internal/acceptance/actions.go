package main

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/lorebox/lorebox-go"
)

type action func(ctx context.Context, c *lorebox.Client, a args) (any, error)

var actions = map[string]action{
	"auth.me": func(ctx context.Context, c *lorebox.Client, _ args) (any, error) { return c.Auth.Me(ctx) },
	"workspaces.create": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return c.Workspaces.Create(ctx, into[lorebox.WorkspacesCreateBody](a), a.opts...)
	},
	"workspaces.get": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return c.Workspaces.Get(ctx, a.text("workspace"))
	},
	"workspaces.update": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return c.Workspaces.Update(ctx, a.text("workspace"), into[lorebox.WorkspacesUpdateBody](a))
	},
	"workspaces.list": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return lorebox.Collect(c.Workspaces.List(ctx, &lorebox.WorkspacesListParams{Limit: a.number("limit")}), -1)
	},
	"workspaces.delete": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return nil, c.Workspaces.Delete(ctx, a.text("workspace"))
	},
	"workspaces.times": times,
	"documents.upload": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		metadata, _ := a.with["metadata"].(map[string]any)
		params := &lorebox.UploadParams{Metadata: metadata}
		file := lorebox.File{Path: a.text("path"), ExternalID: a.text("externalId"), Title: a.text("title")}
		return c.Documents.Upload(ctx, a.text("workspace"), []lorebox.File{file}, params)
	},
	"documents.uploadBytes": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		file := lorebox.File{Name: a.text("filename"), Content: strings.NewReader(a.text("text"))}
		return c.Documents.Upload(ctx, a.text("workspace"), []lorebox.File{file}, nil)
	},
	"documents.importTexts": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return c.Documents.ImportTexts(ctx, a.text("workspace"), into[lorebox.DocumentsImportTextsBody](a))
	},
	"documents.waitUntilIdle": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return c.Documents.WaitUntilIdle(ctx, a.text("workspace"))
	},
	"documents.list": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		params := into[lorebox.DocumentsListParams](a)
		return lorebox.Collect(c.Documents.List(ctx, a.text("workspace"), &params), -1)
	},
	"documents.firstPage": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		page, err := c.Documents.ListPage(ctx, a.text("workspace"), &lorebox.DocumentsListParams{Limit: a.number("limit")})
		if err != nil {
			return nil, err
		}
		return map[string]any{"items": len(page.Items), "hasMore": page.NextCursor != nil}, nil
	},
	"documents.get": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return c.Documents.Get(ctx, a.text("documentId"))
	},
	"documents.text": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return c.Documents.Text(ctx, a.text("documentId"), nil)
	},
	"documents.chunks": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return lorebox.Collect(c.Documents.Chunks(ctx, a.text("documentId"), nil), -1)
	},
	"documents.delete": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return c.Documents.DeleteMany(ctx, a.text("workspace"), into[lorebox.DocumentsDeleteManyBody](a))
	},
	"documents.download": download,
	"events.types":       eventTypes,
	"webhooks.roundTrip": webhookRoundTrip,
	"settings.get": func(ctx context.Context, c *lorebox.Client, _ args) (any, error) {
		return c.Settings.Get(ctx)
	},
	"apiKeys.rotate": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		made, err := c.APIKeys.Rotate(ctx, a.text("keyId"), into[lorebox.APIKeysRotateBody](a))
		if err != nil {
			return nil, err
		}
		return map[string]any{"isNew": strings.HasPrefix(made.Key, "lbx_"), "hasGrace": made.PreviousKeyUntil != nil}, nil
	},
	"search": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return c.Search(ctx, a.text("workspace"), into[lorebox.SearchBody](a))
	},
	"ask": ask,
	"watch": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return lorebox.Collect(c.Watch(ctx, a.text("answerId"), a.text("lastEventId")), -1)
	},
	"askAndLeave":  askAndLeave,
	"askAndCancel": askAndCancel,
	"threads.messages": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return lorebox.Collect(c.Threads.Messages(ctx, a.text("threadId"), nil), -1)
	},
	"threads.lastStatus": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		messages, err := lorebox.Collect(c.Threads.Messages(ctx, a.text("threadId"), nil), -1)
		if err != nil {
			return nil, err
		}
		return messages[len(messages)-1].Status, nil
	},
	"threads.roundTrip": threadRoundTrip,
	"apiKeys.create": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return c.APIKeys.Create(ctx, into[lorebox.APIKeysCreateBody](a))
	},
	"apiKeys.revoke": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		return nil, c.APIKeys.Revoke(ctx, a.text("keyId"))
	},
	"users.createTwice": func(ctx context.Context, c *lorebox.Client, a args) (any, error) {
		if _, err := c.Users.Create(ctx, into[lorebox.UsersCreateBody](a)); err != nil {
			return nil, err
		}
		return c.Users.Create(ctx, into[lorebox.UsersCreateBody](a))
	},
}

func download(ctx context.Context, c *lorebox.Client, a args) (any, error) {
	read := func(part *lorebox.Range) (string, error) {
		content, err := c.Documents.Download(ctx, a.text("documentId"), part)
		if err != nil {
			return "", err
		}
		defer content.Close()
		data, err := io.ReadAll(content)
		return string(data), err
	}
	whole, err := read(nil)
	if err != nil {
		return nil, err
	}
	part, err := read(&lorebox.Range{Start: 4, End: 9})
	return map[string]any{"whole": whole, "part": part}, err
}

func eventTypes(ctx context.Context, c *lorebox.Client, a args) (any, error) {
	first, hasReady := "", false
	for event, err := range c.Events.List(ctx, &lorebox.EventsListParams{Workspace: a.text("workspace")}) {
		if err != nil {
			return nil, err
		}
		switch event.Event.(type) {
		case *lorebox.WorkspaceCreatedEvent:
			first = "workspace.created"
		case *lorebox.DocumentReadyEvent:
			first, hasReady = "document.ready", true
		}
	}
	return map[string]any{"first": first, "hasReady": hasReady}, nil
}

func webhookRoundTrip(ctx context.Context, c *lorebox.Client, a args) (any, error) {
	made, err := c.Webhooks.Create(ctx, into[lorebox.WebhooksCreateBody](a))
	if err != nil {
		return nil, err
	}
	changed, err := c.Webhooks.Update(ctx, made.ID, lorebox.WebhooksUpdateBody{Enabled: lorebox.Ptr(false)})
	if err != nil {
		return nil, err
	}
	deliveries, err := lorebox.Collect(c.Webhooks.Deliveries(ctx, made.ID, nil), -1)
	if err != nil {
		return nil, err
	}
	if err := c.Webhooks.Delete(ctx, made.ID); err != nil {
		return nil, err
	}
	left, err := lorebox.Collect(c.Webhooks.List(ctx, nil), -1)
	return map[string]any{
		"hasSecret": strings.HasPrefix(made.Secret, "whsec_"), "eventTypes": made.EventTypes,
		"isOff": !changed.Enabled, "deliveries": len(deliveries), "isGone": len(left) == 0,
	}, err
}

func times(ctx context.Context, c *lorebox.Client, a args) (any, error) {
	found, err := c.Workspaces.Get(ctx, a.text("workspace"))
	if err != nil {
		return nil, err
	}
	isFresh := time.Since(found.CreatedAt) < 5*time.Minute
	return map[string]any{"isFresh": isFresh, "isUpdatedLater": found.UpdatedAt.After(found.CreatedAt)}, nil
}

func ask(ctx context.Context, c *lorebox.Client, a args) (any, error) {
	answer, err := c.Ask(ctx, a.text("workspace"), into[lorebox.ChatAskBody](a))
	if err != nil {
		return nil, err
	}
	events, err := lorebox.Collect(answer.Events(), -1)
	if err != nil {
		return nil, err
	}
	text, err := lorebox.Collect(answer.Text(), -1)
	if err != nil {
		return nil, err
	}
	final, err := answer.Final()
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"answerId": answer.AnswerID, "threadId": answer.ThreadID, "events": events,
		"text": strings.Join(text, ""), "final": final,
	}, nil
}

func askAndLeave(ctx context.Context, c *lorebox.Client, a args) (any, error) {
	answer, err := c.Ask(ctx, a.text("workspace"), into[lorebox.ChatAskBody](a))
	if err != nil {
		return nil, err
	}
	events, err := lorebox.Collect(answer.Events(), a.number("after"))
	if err != nil {
		return nil, err
	}
	left := len(events)
	lastEventID := ""
	if delta, ok := events[left-1].(*lorebox.TextDeltaEvent); ok {
		lastEventID = strconv.Itoa(delta.Seq)
	}
	rest, err := lorebox.Collect(c.Watch(ctx, answer.AnswerID, lastEventID), -1)
	if err != nil {
		return nil, err
	}
	events = append(events, rest...)
	kind, _ := lastOf(events)
	return map[string]any{"answerId": answer.AnswerID, "left": left, "events": events, "final": kind}, nil
}

func askAndCancel(ctx context.Context, c *lorebox.Client, a args) (any, error) {
	answer, err := c.Ask(ctx, a.text("workspace"), into[lorebox.ChatAskBody](a))
	if err != nil {
		return nil, err
	}
	for event, err := range answer.Events() {
		if err != nil {
			return nil, err
		}
		if _, ok := event.(*lorebox.TextDeltaEvent); ok {
			break
		}
	}
	if err := answer.Cancel(ctx); err != nil {
		return nil, err
	}
	events, err := lorebox.Collect(answer.Events(), -1)
	if err != nil {
		return nil, err
	}
	kind, code := lastOf(events)
	return map[string]any{"threadId": answer.ThreadID, "last": kind, "code": code}, nil
}

// lastOf gives type and code of the last event.
func lastOf(events []lorebox.AnswerEvent) (kind string, code any) {
	switch e := events[len(events)-1].(type) {
	case *lorebox.AnswerEndEvent:
		return e.Type, nil
	case *lorebox.AnswerErrorEvent:
		return e.Type, e.Code
	}
	return "", nil
}

func threadRoundTrip(ctx context.Context, c *lorebox.Client, a args) (any, error) {
	workspace := a.text("workspace")
	made, err := c.Threads.Create(ctx, workspace, into[lorebox.ThreadsCreateBody](a))
	if err != nil {
		return nil, err
	}
	find := func() (title any, err error) {
		for thread, err := range c.Threads.List(ctx, workspace, nil) {
			if err != nil {
				return nil, err
			}
			if thread.ID == made.ID {
				return thread.Title, nil
			}
		}
		return nil, nil
	}
	if _, err := c.Threads.Update(ctx, made.ID, lorebox.ThreadsUpdateBody{Title: lorebox.Ptr(a.text("next"))}); err != nil {
		return nil, err
	}
	renamed, err := find()
	if err != nil {
		return nil, err
	}
	if err := c.Threads.Delete(ctx, made.ID); err != nil {
		return nil, err
	}
	gone, err := find()
	return map[string]any{"made": made.Title, "renamed": renamed, "isGone": gone == nil}, err
}
