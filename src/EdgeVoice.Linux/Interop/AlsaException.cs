namespace EdgeVoice.Linux.Interop;

/// <summary>A function of libasound failed; <see cref="Error"/> is its negative errno.</summary>
internal sealed class AlsaException(string function, int error)
    : Exception($"{function}: {Errno.Name(error)} ({AlsaNative.ErrorText(error)})")
{
    public string Function => function;

    public int Error => error;

    /// <summary>Passes a result on, and throws what is negative.</summary>
    public static int Check(int result, string function) => result >= 0 ? result : throw new AlsaException(function, result);
}
