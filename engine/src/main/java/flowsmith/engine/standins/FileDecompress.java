package flowsmith.engine.standins;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.models.tasks.Task;
import io.kestra.core.runners.RunContext;
import io.micronaut.core.annotation.Introspected;
import jakarta.validation.constraints.NotNull;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Decompresses a file of Kestra's storage, with the library that the plugin uses. */
@Plugin
@Introspected(accessKind = Introspected.AccessKind.FIELD)
public class FileDecompress extends Task implements RunnableTask<FileDecompress.Output> {
    @NotNull
    public Property<String> from;
    @NotNull
    public Property<Compression> compression;

    @Override
    public Output run(RunContext context) throws Exception {
        Work.begins(context, this);
        Compression wanted = context.render(compression).as(Compression.class).orElseThrow();
        Path file = context.workingDir().createTempFile();
        try (InputStream compressed = context.storage().getFile(URI.create(Work.text(context, from)));
             InputStream buffered = new BufferedInputStream(compressed);
             InputStream content = new CompressorStreamFactory(true).createCompressorInputStream(wanted.name, buffered)) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return new Output(context.storage().putFile(file.toFile()));
    }

    /** How the file is compressed. For some the library wants another, and says so. */
    public enum Compression {
        BROTLI(CompressorStreamFactory.BROTLI),
        BZIP2(CompressorStreamFactory.BZIP2),
        DEFLATE(CompressorStreamFactory.DEFLATE),
        DEFLATE64(CompressorStreamFactory.DEFLATE64),
        GZIP(CompressorStreamFactory.GZIP),
        LZ4BLOCK(CompressorStreamFactory.LZ4_BLOCK),
        LZ4FRAME(CompressorStreamFactory.LZ4_FRAMED),
        LZMA(CompressorStreamFactory.LZMA),
        SNAPPY(CompressorStreamFactory.SNAPPY_RAW),
        SNAPPYFRAME(CompressorStreamFactory.SNAPPY_FRAMED),
        XZ(CompressorStreamFactory.XZ),
        Z(CompressorStreamFactory.Z),
        ZSTD(CompressorStreamFactory.ZSTANDARD);

        /** The library's name. */
        private final String name;

        Compression(String name) {
            this.name = name;
        }
    }

    /** The file without the compression. */
    public record Output(URI uri) implements io.kestra.core.models.tasks.Output {
    }
}
