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
)

// File is a file to upload: a name and its content, which is read while it is sent; or, without
// content, a path.
type File struct {
	Name    string
	Content io.Reader
	Path    string
	// ExternalID is your id for the document. Uploading it again replaces the document.
	ExternalID string
	// Title is the title of the document. Default: the title in the file, else its name.
	Title string
	// RelativePath is the path of the file in the uploaded folder, stored in the metadata as "path".
	RelativePath string
	// Metadata is the metadata of this file, in addition to that of the upload.
	Metadata map[string]any
}

// UploadParams are the parameters of an upload.
type UploadParams struct {
	// Metadata is the metadata of all files: strings, numbers and booleans.
	Metadata map[string]any
	// OnSamePath says what to do with files whose path or name is in the workspace already, with other content:
	// "add" (default) keeps both documents, "replace" replaces the document, "reject" fails with CONFLICT.
	OnSamePath string
}

// Upload uploads files, without retries. They are stored when it returns and ingested in the background; see
// WaitUntilReady.
func (s *DocumentsService) Upload(
	ctx context.Context, workspace string, files []File, params *UploadParams, opts ...CallOption,
) (*Accepted, error) {
	if len(files) == 0 {
		return nil, errors.New("lorebox: pass at least one file to upload")
	}
	fields, err := params.fields(files)
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

// fileDetails is one entry of the field "details".
type fileDetails struct {
	ExternalID   string         `json:"externalId,omitempty"`
	Title        string         `json:"title,omitempty"`
	RelativePath string         `json:"relativePath,omitempty"`
	Metadata     map[string]any `json:"metadata,omitempty"`
}

func (p *UploadParams) fields(files []File) ([][2]string, error) {
	var fields [][2]string
	add := func(name string, value any) error {
		text, err := json.Marshal(value)
		if err != nil {
			return fmt.Errorf("lorebox: %s: %w", name, err)
		}
		fields = append(fields, [2]string{name, string(text)})
		return nil
	}
	if p != nil && p.Metadata != nil {
		if err := add("metadata", p.Metadata); err != nil {
			return nil, err
		}
	}
	if p != nil && p.OnSamePath != "" {
		fields = append(fields, [2]string{"onSamePath", p.OnSamePath})
	}
	details := make([]fileDetails, len(files))
	hasDetails := false
	for i, file := range files {
		details[i] = fileDetails{file.ExternalID, file.Title, file.RelativePath, file.Metadata}
		hasDetails = hasDetails || file.ExternalID != "" || file.Title != "" || file.RelativePath != "" || file.Metadata != nil
	}
	if !hasDetails {
		return fields, nil
	}
	return fields, add("details", details)
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
