package lorebox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// File is a file to upload: a name and its content, which is read while it is sent; or, without
// content, a path.
type File struct {
	Name    string
	Content io.Reader
	Path    string
}

// UploadParams are the parameters of an upload.
type UploadParams struct {
	// ExternalID is your id for a single file. Uploading it again replaces the document.
	ExternalID string
	// Title is the title of a single file.
	Title string
	// Metadata is the metadata of all files: strings, numbers and booleans.
	Metadata map[string]any
}

// Upload uploads files, without retries. They are stored when it returns and ingested in the background; see
// WaitUntilReady.
func (s *DocumentsService) Upload(
	ctx context.Context, workspace string, files []File, params *UploadParams, opts ...CallOption,
) (*Accepted, error) {
	if len(files) == 0 {
		return nil, errors.New("lorebox: pass at least one file to upload")
	}
	fields, err := params.fields()
	if err != nil {
		return nil, err
	}
	opened, err := openFiles(files)
	defer closeFiles(opened)
	if err != nil {
		return nil, err
	}
	req := request{
		method: http.MethodPost,
		path:   "/workspaces/%s/documents",
		ids:    []string{workspace},
	}
	header := http.Header{"Accept": {"application/json"}}
	if _, err := req.encode(header); err != nil {
		return nil, err
	}
	if timeout := s.caller.options(0, opts).timeout; timeout > 0 {
		limited, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		ctx = limited
	}
	data, err := s.caller.sendForm(ctx, req, header, fields, opened)
	if err != nil {
		return nil, err
	}
	return decodeResponse[Accepted](data)
}

// sendForm sends it once: the server can't tell a second try of a form from a second upload.
func (c *caller) sendForm(ctx context.Context, req request, header http.Header, fields [][2]string, files []openFile) ([]byte, error) {
	reader, writer := io.Pipe()
	defer reader.Close() // ends the writing when the server answers early
	form := multipart.NewWriter(writer)
	header.Set("Content-Type", form.FormDataContentType())
	go func() { writer.CloseWithError(writeForm(form, fields, files)) }()
	response, err := c.roundTrip(ctx, req, header, reader)
	if err != nil {
		if ctx.Err() != nil && errors.Is(context.Cause(ctx), context.Canceled) {
			return nil, fmt.Errorf("lorebox: %w", context.Cause(ctx))
		}
		return nil, c.connectionError(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, c.connectionError(err)
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return nil, errorFromResponse(response.StatusCode, response.Header, data)
	}
	return data, nil
}

func writeForm(form *multipart.Writer, fields [][2]string, files []openFile) error {
	for _, field := range fields {
		if err := form.WriteField(field[0], field[1]); err != nil {
			return err
		}
	}
	for _, file := range files {
		part, err := form.CreateFormFile("file", file.name)
		if err != nil {
			return err
		}
		if _, err := io.Copy(part, file.content); err != nil {
			return fmt.Errorf("reading %s: %w", file.name, err)
		}
	}
	return form.Close()
}

func (p *UploadParams) fields() ([][2]string, error) {
	var fields [][2]string
	if p == nil {
		return fields, nil
	}
	if p.ExternalID != "" {
		fields = append(fields, [2]string{"externalId", p.ExternalID})
	}
	if p.Title != "" {
		fields = append(fields, [2]string{"title", p.Title})
	}
	if p.Metadata != nil {
		metadata, err := json.Marshal(p.Metadata)
		if err != nil {
			return nil, fmt.Errorf("lorebox: metadata: %w", err)
		}
		fields = append(fields, [2]string{"metadata", string(metadata)})
	}
	return fields, nil
}

type openFile struct {
	name    string
	content io.Reader
	own     *os.File
}

func openFiles(files []File) ([]openFile, error) {
	var opened []openFile
	for _, file := range files {
		name := file.Name
		if file.Content != nil {
			if name == "" {
				return opened, errors.New("lorebox: a file with content needs a name")
			}
			opened = append(opened, openFile{name: name, content: file.Content})
			continue
		}
		own, err := os.Open(file.Path)
		if err != nil {
			return opened, fmt.Errorf("lorebox: %w", err)
		}
		if name == "" {
			name = filepath.Base(file.Path)
		}
		opened = append(opened, openFile{name, own, own})
	}
	return opened, nil
}

func closeFiles(files []openFile) {
	for _, file := range files {
		if file.own != nil {
			file.own.Close()
		}
	}
}

// WaitUntilReady waits until no documents are processing, and returns the counts by status. To limit the wait, use the
// context.
func (s *DocumentsService) WaitUntilReady(ctx context.Context, workspace string) (*DocumentSummary, error) {
	for {
		summary, err := s.Summary(ctx, workspace)
		if err != nil || summary.Processing == 0 {
			return summary, err
		}
		if err := sleep(ctx, 250*time.Millisecond); err != nil {
			return summary, err
		}
	}
}
