package io.github.olympe.maven.goal;

import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.node.plan.BuildPlan;
import io.github.olympe.maven.node.plan.BuildPlans;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the code as data of the project and its dependencies: {@code npx olympe buildCodeAsData}, which makes {@code dist/codeAsData}.
 * Afterwards every package with code as data that {@code import_order.json} lists has its folder there.
 */
@Mojo(name = "build-code-as-data", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildCodeAsDataMojo extends BuildMojo {

    /**
     * What to gather: {@code all} for a project to deploy, {@code project} for a library, or {@code dependencies}. Default: {@code project}
     * with the packaging {@code olympe-library}, otherwise {@code all}.
     */
    @Parameter(property = "olympe.codeAsData.mode")
    @Nullable String codeAsDataMode;

    @Override
    BuildPlan plan(GoalContext context) {
        return codeAsDataMode == null && isBuilt(BuildPlans.CODE_AS_DATA, context)
                ? plans(context).none("The script that builds the library also gathers the code as data.")
                : plans(context)
                        .codeAsData(
                                Optional.ofNullable(codeAsDataMode),
                                project.getPackaging().equals("olympe-library"),
                                context.before().snapshot());
    }
}
