package io.github.olympe.maven.patches;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.patches.change.Brick;
import io.github.olympe.maven.patches.change.Change;
import io.github.olympe.maven.patches.change.Detail;
import io.github.olympe.maven.patches.change.FileChange;
import io.github.olympe.maven.patches.change.Forecast;
import io.github.olympe.maven.patches.change.Value;
import io.github.olympe.maven.patches.graph.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a difference as {@code diff.json}, for tools. The format is documented in {@code docs/diff.md}. */
final class DiffJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private final JsonGenerator json;
    private final SecretMask mask;

    private DiffJson(JsonGenerator json, SecretMask mask) {
        this.json = json;
        this.mask = mask;
    }

    static void write(Difference difference, SecretMask mask, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));
            new DiffJson(json, mask).write(difference);
            json.writeRaw('\n');
        }
    }

    private void write(Difference difference) throws IOException {
        json.writeStartObject();
        text("from", difference.from());
        text("to", difference.to());
        json.writeArrayFieldStart("changes");
        for (Change change : difference.codeAsData().changes()) {
            change(change);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("files");
        for (FileChange file : difference.files()) {
            file(file);
        }
        json.writeEndArray();
        if (!difference.settings().isEmpty()) {
            json.writeArrayFieldStart("settings");
            for (SettingChange setting : difference.settings()) {
                setting(setting);
            }
            json.writeEndArray();
        }
        if (difference.forecast().isPresent()) {
            json.writeFieldName("forecast");
            forecast(difference.forecast().get());
        }
        json.writeEndObject();
    }

    private void change(Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("change", change.type().word());
        brickFields(change.brick());
        json.writeArrayFieldStart("details");
        for (Detail detail : change.details()) {
            detail(detail);
        }
        json.writeEndArray();
        usedBy(change.usedBy());
        text("text", change.sentence());
        json.writeEndObject();
    }

    private void detail(Detail detail) throws IOException {
        json.writeStartObject();
        json.writeStringField("change", detail.type().word());
        text("kind", detail.part().kind());
        text("name", detail.part().name());
        json.writeStringField("tag", detail.part().tag());
        if (detail.property() != null) {
            text("property", detail.property());
            value("from", detail.from());
            value("to", detail.to());
        }
        usedBy(detail.usedBy());
        text("text", detail.text());
        json.writeEndObject();
    }

    private void value(String name, @Nullable Value value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            Optional<String> text = JsonValue.text(value.json());
            String masked = mask.mask(text.orElse(value.json()));
            if (text.isPresent() || !masked.equals(value.json())) {
                json.writeString(masked);
            } else {
                json.writeRawValue(value.json());
            }
        }
    }

    private void text(String name, String text) throws IOException {
        json.writeStringField(name, mask.mask(text));
    }

    private void usedBy(List<Brick> bricks) throws IOException {
        if (!bricks.isEmpty()) {
            bricks("usedBy", bricks);
        }
    }

    private void bricks(String name, List<Brick> bricks) throws IOException {
        json.writeArrayFieldStart(name);
        for (Brick brick : bricks) {
            json.writeStartObject();
            brickFields(brick);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void brickFields(Brick brick) throws IOException {
        text("kind", brick.kind());
        text("name", brick.name());
        json.writeStringField("tag", brick.tag());
        text("folder", brick.folder());
    }

    private void file(FileChange file) throws IOException {
        json.writeStartObject();
        json.writeStringField("change", file.type().word());
        text("part", file.part());
        text("path", file.path());
        side("from", file.before());
        side("to", file.after());
        json.writeEndObject();
    }

    private void side(String name, Optional<FileChange.Side> side) throws IOException {
        if (side.isPresent()) {
            json.writeObjectFieldStart(name);
            json.writeNumberField("size", side.get().size());
            if (!side.get().attributes().isEmpty()) {
                text("attributes", side.get().attributes());
            }
            json.writeEndObject();
        }
    }

    private void setting(SettingChange setting) throws IOException {
        json.writeStartObject();
        text("name", setting.name());
        if (setting.from() != null) {
            text("from", setting.from());
        }
        if (setting.to() != null) {
            text("to", setting.to());
        }
        json.writeEndObject();
    }

    private void forecast(Forecast forecast) throws IOException {
        json.writeStartObject();
        bricks("new", forecast.added());
        bricks("changed", forecast.changed());
        bricks("deleted", forecast.deleted());
        json.writeObjectFieldStart("files");
        paths("imported", forecast.imported());
        paths("deleted", forecast.gone());
        json.writeNumberField("unchanged", forecast.unchanged());
        json.writeNumberField("unchangedLayers", forecast.shared());
        json.writeEndObject();
        text("text", forecast.sentence());
        json.writeEndObject();
    }

    private void paths(String name, List<String> paths) throws IOException {
        json.writeArrayFieldStart(name);
        for (String path : paths) {
            json.writeString(mask.mask(path));
        }
        json.writeEndArray();
    }
}
