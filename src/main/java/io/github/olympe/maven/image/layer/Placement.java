package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.image.ImageSpec;
import io.github.olympe.maven.image.base.Accounts;
import io.github.olympe.maven.image.base.BaseFile;
import io.github.olympe.maven.image.base.BaseFiles;
import io.github.olympe.maven.image.base.BaseImage;
import io.github.olympe.maven.io.CheckedFile;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.text.InvalidParameter;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of an image go in its base image, and their owner's numbers. It depends only on the base image, the owner and the target,
 * and is remembered for these.
 *
 * @param uid the owner's number
 * @param gid the group's number
 * @param target the target's real path in the image after following links, without a leading slash
 * @param missing the folders that the base image lacks, the target included, from the top down
 * @param occupied whether the base image has anything in the target
 */
public record Placement(long uid, long gid, String target, List<String> missing, boolean occupied) {

    private static final String FORMAT = "2";

    public Placement {
        missing = List.copyOf(missing);
    }

    public static Placement find(ImageSpec spec, BaseImage base, BaseFiles files, Path cache) {
        Path memo = cache.resolve("placements")
                .resolve(Digest.of(String.join(
                                "\n",
                                FORMAT,
                                base.reference().digest().map(Digest::value).orElse(""),
                                spec.target().owner().toString(),
                                Boolean.toString(spec.target().owned()),
                                spec.target().folder()))
                        .hex());
        return load(memo).orElseGet(() -> {
            Placement placement = compute(spec, base, files);
            placement.store(memo);
            return placement;
        });
    }

    private static Placement compute(ImageSpec spec, BaseImage base, BaseFiles files) {
        String target = files.resolve(spec.target().folder());
        List<String> missing = new ArrayList<>();
        for (String path = target; !path.isEmpty(); path = path.substring(0, Math.max(0, path.lastIndexOf('/')))) {
            Optional<BaseFile> file = files.find(path);
            if (file.isPresent() && !file.get().isFolder()) {
                throw InvalidParameter.of(
                        ImageSpec.parameter(spec.kind(), "target"),
                        spec.target().folder(),
                        String.format(
                                "'/%s' is a file in the base image '%s'. Choose another folder.",
                                path, base.reference()));
            }
            if (file.isPresent()) {
                break;
            }
            missing.add(path);
        }
        Collections.reverse(missing);
        Accounts.Ids ids = new Accounts(files, base.reference())
                .find(ImageSpec.parameter(spec.kind(), "owner"), spec.target().owner());
        boolean occupied = spec.target().owned()
                && !missing.contains(target)
                && !files.below(target).isEmpty();
        return new Placement(ids.uid(), ids.gid(), target, missing, occupied);
    }

    private static Optional<Placement> load(Path memo) {
        return CheckedFile.read(memo).map(content -> {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
                long uid = in.readLong();
                long gid = in.readLong();
                boolean occupied = in.readBoolean();
                String target = in.readUTF();
                List<String> missing = new ArrayList<>();
                for (int count = in.readInt(); count > 0; count--) {
                    missing.add(in.readUTF());
                }
                return new Placement(uid, gid, target, missing, occupied);
            } catch (IOException e) {
                throw new IllegalStateException("a memo with the right checksum is not whole", e);
            }
        });
    }

    private void store(Path memo) {
        CheckedFile.remember(memo, out -> {
            DataOutputStream data = new DataOutputStream(out);
            data.writeLong(uid);
            data.writeLong(gid);
            data.writeBoolean(occupied);
            data.writeUTF(target);
            data.writeInt(missing.size());
            for (String folder : missing) {
                data.writeUTF(folder);
            }
        });
    }
}
