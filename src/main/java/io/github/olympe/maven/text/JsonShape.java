package io.github.olympe.maven.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What {@link JsonRecords} has to know of a class. It is found out once, which takes longer than reading a value does.
 *
 * @param text the method with {@link JsonValue}
 * @param creator the constructor or static method with {@link JsonCreator}
 * @param constructor the constructor of a record that has a parameter for each component
 * @param members the components of a record, in their order; empty for another class
 */
record JsonShape(
        Optional<Method> text,
        Optional<Executable> creator,
        Optional<Constructor<?>> constructor,
        List<Member> members) {

    private static final ClassValue<JsonShape> SHAPES = new ClassValue<>() {
        @Override
        protected JsonShape computeValue(Class<?> type) {
            List<Method> methods = List.of(type.getDeclaredMethods());
            Stream<Executable> creators = Stream.concat(methods.stream(), Stream.of(type.getDeclaredConstructors()));
            return new JsonShape(
                    methods.stream().filter(has(JsonValue.class)).findFirst().map(JsonShape::opened),
                    creators.filter(has(JsonCreator.class)).findFirst().map(JsonShape::opened),
                    type.isRecord() ? Optional.of(constructor(type)) : Optional.empty(),
                    type.isRecord()
                            ? Stream.of(type.getRecordComponents())
                                    .map(Member::of)
                                    .toList()
                            : List.of());
        }
    };

    /** A component of a record. */
    record Member(String name, Type type, Method accessor, boolean isIgnored) {

        private static Member of(RecordComponent component) {
            Method accessor = opened(component.getAccessor());
            return new Member(
                    component.getName(),
                    component.getGenericType(),
                    accessor,
                    accessor.isAnnotationPresent(JsonIgnore.class));
        }
    }

    static JsonShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static Constructor<?> constructor(Class<?> type) {
        Class<?>[] parameters = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return opened(type.getDeclaredConstructor(parameters));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("each record has it", e);
        }
    }

    private static Predicate<Executable> has(Class<? extends Annotation> annotation) {
        return executable -> executable.isAnnotationPresent(annotation);
    }

    /** Many records are private to the class that reads or writes them. */
    private static <T extends Executable> T opened(T executable) {
        executable.setAccessible(true);
        return executable;
    }
}
