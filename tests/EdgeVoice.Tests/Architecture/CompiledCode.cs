using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Tests.Architecture;

/// <summary>Reads built assemblies: who uses which type, and which log events exist.</summary>
internal static class CompiledCode
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The product's assemblies.</summary>
    public static IReadOnlyList<Assembly> Product { get; } =
        [.. new[] { "EdgeVoice.Core", "EdgeVoice.Linux", "EdgeVoice.Simulator", "edgevoice" }.Select(Assembly.Load)];

    /// <summary>All uses in the product's assemblies.</summary>
    public static IReadOnlyList<TypeUse> ProductUses { get; } = [.. Product.SelectMany(Uses)];

    /// <summary>Every type named in signatures, fields, attributes and method bodies, once for each user.</summary>
    public static IEnumerable<TypeUse> Uses(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => UsedBy(type).SelectMany(Parts).Distinct().Select(used => new TypeUse(type, used)));

    /// <summary>Log methods with their event ids; -1 where none was given.</summary>
    public static IEnumerable<(string Where, int Id)> LogEvents(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(Declared)
        let log = method.GetCustomAttribute<LoggerMessageAttribute>()
        where log is not null
        select ($"{type.Name}.{method.Name}", log.EventId);

    private static IEnumerable<Type> UsedBy(Type type)
    {
        List<Type> used = [.. type.GetInterfaces(), .. AttributesOf(type)];
        if (type.BaseType is not null) used.Add(type.BaseType);
        foreach (var field in type.GetFields(Declared)) used.AddRange([field.FieldType, .. AttributesOf(field)]);
        foreach (var method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
        {
            used.AddRange(method.GetParameters().Select(parameter => parameter.ParameterType));
            used.AddRange(AttributesOf(method));
            if (method is MethodInfo { ReturnType: var result }) used.Add(result);
            if (method.GetMethodBody() is { } body) used.AddRange(UsedIn(method, body));
        }

        return used;
    }

    private static IEnumerable<Type> AttributesOf(MemberInfo member) => member.CustomAttributes.Select(attribute => attribute.AttributeType);

    private static IEnumerable<Type> UsedIn(MethodBase method, MethodBody body)
    {
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        foreach (var clause in body.ExceptionHandlingClauses)
            if (clause is { Flags: ExceptionHandlingClauseOptions.Clause, CatchType: { } caught })
                yield return caught;
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in Tokens(body.GetILAsByteArray() ?? []))
        {
            var member = method.Module.ResolveMember(token, typeArguments, methodArguments);
            if (member is Type type) yield return type;
            if (member?.DeclaringType is { } owner) yield return owner;
            if (member is FieldInfo field) yield return field.FieldType;
            if (member is not MethodBase called) continue;
            if (called is MethodInfo { ReturnType: var result }) yield return result;
            if (called.IsGenericMethod)
                foreach (var argument in called.GetGenericArguments())
                    yield return argument;
        }
    }

    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? OpCodesByValue[unchecked((short)(0xFE00 | il[at + 1]))] : OpCodesByValue[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok)
                yield return BitConverter.ToInt32(il, at);
            at += OperandSize(code.OperandType, il, at);
        }
    }

    private static int OperandSize(OperandType operand, byte[] il, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
        _ => 4,
    };

    // List<Foo[]> names List and Foo.
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.IsGenericParameter) return [];
        if (type.HasElementType) return Parts(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition()) : [type];
    }
}
