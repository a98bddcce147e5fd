using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeVoice.Core.Diagnostics;

/// <summary>
/// Compiles methods, and looks up functions of native libraries, before they are called: done in the middle of a press or a sentence it
/// would cost milliseconds there, and bytes on an audio thread.
/// </summary>
/// <remarks>Any thread; what is ready already costs next to nothing.</remarks>
public static class MethodCompiler
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>All methods of a type and of what is nested in it; nothing of generic types.</summary>
    /// <exception cref="DllNotFoundException">A native library is missing.</exception>
    /// <exception cref="EntryPointNotFoundException">It lacks a function.</exception>
    public static void Prepare(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type.ContainsGenericParameters || type.IsSubclassOf(typeof(Delegate))) return;
        foreach (var method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
        {
            if (method.Attributes.HasFlag(MethodAttributes.PinvokeImpl)) Marshal.Prelink((MethodInfo)method);
            if (method.IsAbstract || method.ContainsGenericParameters || method.IsStatic && method.IsConstructor || IsWrittenByCompiler(method)) continue;
            // A virtual method is compiled only when it has an address already.
            method.MethodHandle.GetFunctionPointer();
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }

        foreach (var nested in type.GetNestedTypes(All)) Prepare(nested);
    }

    // What a record and a plain property get by themselves: half of all methods, and inlined where it counts. (Not local functions.)
    private static bool IsWrittenByCompiler(MethodBase method) =>
        !method.Name.StartsWith('<') && method.IsDefined(typeof(CompilerGeneratedAttribute));
}
